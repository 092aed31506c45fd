package dev.stackwright.web.editor;

import dev.stackwright.catalog.AttributeSchema;
import dev.stackwright.catalog.Catalog;
import dev.stackwright.catalog.OnChange;
import dev.stackwright.catalog.PropertyConstraint;
import dev.stackwright.catalog.PropertySchema;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.kernel.Value;
import dev.stackwright.template.TemplateVersion;
import dev.stackwright.web.frame.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the word under the pointer means.
 *
 * @param title the word, or what people call it
 * @param kind what it is, in a few words
 * @param lines in sentences: its type and default, what it must satisfy, what a change does
 * @param replaces whether a change of it builds the resource anew
 */
record Explanation(
        int column,
        int endColumn,
        String title,
        String kind,
        List<String> lines,
        boolean replaces) {

    private static final Pattern WORD = Pattern.compile("[\\w:.$%/-]+");

    static Optional<Explanation> at(
            String text, int line, int column, Catalog catalog, Format format) {
        var all = text.lines().toList();
        if (line < 1 || line > all.size()) {
            return Optional.empty();
        }
        var row = all.get(line - 1);
        var words = WORD.matcher(row);
        while (words.find()) {
            if (words.start() <= column - 1 && column - 1 <= words.end()) {
                var word = words.group();
                var end = words.end();
                if (word.endsWith(":")) {
                    word = word.substring(0, word.length() - 1);
                    end--;
                }
                var place = new Place(words.start() + 1, end + 1, word);
                return new Explainer(text, line, catalog, format).explain(place, row);
            }
        }
        return Optional.empty();
    }

    private record Place(int from, int to, String word) {}

    /** A value as one would write it. */
    static String text(Value value) {
        return switch (value) {
            case Value.Text(var text) -> text;
            case Value.Num(var number) -> number.toPlainString();
            case Value.Bool(var flag) -> String.valueOf(flag);
            case Value.Items(var items) ->
                    items.stream()
                            .map(Explanation::text)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Value.Entries(var entries) -> entries.isEmpty() ? "{}" : "{…}";
            case Value.Null _, Value.Unknown _ -> "";
        };
    }

    private static final class Explainer {

        private final String text;
        private final int line;
        private final Catalog catalog;
        private final Schemas schemas;
        private final Format format;

        Explainer(String text, int line, Catalog catalog, Format format) {
            this.text = text;
            this.line = line;
            this.catalog = catalog;
            this.schemas = new Schemas(catalog);
            this.format = format;
        }

        Optional<Explanation> explain(Place place, String row) {
            var cursor = new Cursor(text, line, place.from());
            var call = cursor.call();
            if (call.isPresent()) {
                return argument(place, cursor, call.get());
            }
            if (place.word().contains("::")) {
                return catalog.find(place.word()).map(type -> type(place, type));
            }
            var path = new ArrayList<>(cursor.path());
            cursor.key().ifPresent(path::add);
            boolean isKey = row.startsWith(":", place.to() - 1);
            if (!isKey) {
                return Optional.empty();
            }
            var property = schemas.property(cursor, path, place.word());
            if (property.isPresent()) {
                var type = schemas.type(cursor, path).orElseThrow();
                return Optional.of(property(place, property.get(), type, path.size() == 3));
            }
            return function(place);
        }

        private Optional<Explanation> function(Place place) {
            return TemplateVersion.HOT_2021_04_16.functions().contains(place.word())
                    ? Optional.of(
                            explanation(
                                    place,
                                    place.word(),
                                    format.say("editor.kind.function"),
                                    List.of(format.say("editor.function." + place.word())),
                                    false))
                    : Optional.empty();
        }

        private Optional<Explanation> argument(Place place, Cursor cursor, Cursor.Call call) {
            var resource = cursor.section("resources", "type").get(place.word());
            if (resource != null && !call.function().equals("get_param")) {
                return catalog.find(resource).map(type -> type(place, type));
            }
            var typed = call.arguments().replaceFirst("^\\[\\s*", "");
            var comma = typed.indexOf(',');
            if (comma > 0) {
                return schemas.type(cursor, typed.substring(0, comma).strip())
                        .map(type -> type.attributes().get(place.word()))
                        .map(attribute -> attribute(place, attribute));
            }
            var parameter = cursor.section("parameters", "type").get(place.word());
            if (parameter == null) {
                return Optional.empty();
            }
            var about = cursor.section("parameters", "description").getOrDefault(place.word(), "");
            return Optional.of(
                    explanation(
                            place,
                            place.word(),
                            format.say("editor.is.parameter", parameter),
                            about.isEmpty() ? List.of() : List.of(about),
                            false));
        }

        private Explanation attribute(Place place, AttributeSchema attribute) {
            return explanation(
                    place,
                    attribute.name(),
                    format.say("editor.is.attribute", typeWord(attribute.type().name())),
                    attribute.live() ? List.of(format.say("editor.live")) : List.of(),
                    false);
        }

        private Explanation type(Place place, ResourceType type) {
            var lines = new ArrayList<String>();
            var needed =
                    type.properties().values().stream()
                            .filter(PropertySchema::required)
                            .map(PropertySchema::name)
                            .toList();
            if (!needed.isEmpty()) {
                lines.add(format.say("editor.needs", String.join(", ", needed)));
            }
            var replacing =
                    type.properties().values().stream()
                            .filter(one -> one.onChange() == OnChange.REPLACE)
                            .filter(one -> !one.support().isDiscouraged())
                            .map(PropertySchema::name)
                            .toList();
            if (!replacing.isEmpty()) {
                lines.add(format.say("editor.replacing", String.join(", ", replacing)));
            }
            if (type.support().isDiscouraged()) {
                lines.add(format.say("editor.discouraged"));
            }
            return explanation(place, type.title(), type.name(), lines, false);
        }

        private Explanation property(
                Place place, PropertySchema schema, ResourceType type, boolean top) {
            var lines = new ArrayList<String>();
            var kind =
                    format.say(
                            schema.required() ? "editor.is.needed" : "editor.is.property",
                            typeWord(schema.type().name()),
                            type.title());
            var standard = schema.defaultValue();
            if (standard != null && !text(standard).isEmpty()) {
                lines.add(format.say("editor.default", text(standard)));
            }
            schema.constraints().stream()
                    .map(this::rule)
                    .filter(rule -> !rule.isEmpty())
                    .forEach(lines::add);
            if (schema.support().isDiscouraged()) {
                lines.add(format.say("editor.discouraged"));
            }
            boolean replaces = top && schema.onChange() == OnChange.REPLACE;
            if (top) {
                lines.add(change(schema, type));
            }
            return explanation(place, schema.name(), kind, lines, replaces);
        }

        private String change(PropertySchema schema, ResourceType type) {
            var what = type.title().toLowerCase(Locale.ROOT);
            return switch (schema.onChange()) {
                case UPDATE -> format.say("editor.change.update", what);
                case REFUSE -> format.say("editor.change.refuse", what);
                case REPLACE -> {
                    var why = schema.whyReplaced();
                    yield why == null
                            ? format.say("editor.change.replace", what)
                            : format.say("editor.change.replace.why", what, why);
                }
            };
        }

        private String rule(PropertyConstraint constraint) {
            return switch (constraint) {
                case PropertyConstraint.OneOf(var values) ->
                        format.say(
                                "editor.rule.oneof",
                                values.stream()
                                        .limit(12)
                                        .map(Explanation::text)
                                        .collect(Collectors.joining(", ")));
                case PropertyConstraint.Range(var min, var max) ->
                        min == null
                                ? max == null ? "" : format.say("editor.rule.most", plain(max))
                                : max == null
                                        ? format.say("editor.rule.least", plain(min))
                                        : format.say("editor.rule.range", plain(min), plain(max));
                case PropertyConstraint.Length(var min, var max) ->
                        max == null
                                ? min == null || min == 0
                                        ? ""
                                        : format.say("editor.rule.longer", String.valueOf(min))
                                : format.say("editor.rule.length", String.valueOf(max));
                case PropertyConstraint.Modulo _ -> "";
                case PropertyConstraint.Pattern(var regex) ->
                        format.say("editor.rule.pattern", regex);
                case PropertyConstraint.Find(var name) -> format.say("editor.rule.find", name);
            };
        }

        private static String plain(java.math.BigDecimal number) {
            return number.toPlainString();
        }

        private String typeWord(String type) {
            return format.say("editor.type." + type.toLowerCase(Locale.ROOT));
        }

        private static Explanation explanation(
                Place place, String title, String kind, List<String> lines, boolean replaces) {
            return new Explanation(place.from(), place.to(), title, kind, lines, replaces);
        }
    }
}

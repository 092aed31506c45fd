package dev.stackwright.web.resources;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.web.frame.Cell;
import dev.stackwright.web.frame.Cell.Bit;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One side of a thing: a column of its list, a fact of its page. It says something, or points at
 * other things, whose names are then looked up for all rows at once.
 *
 * @param css "num", "mid", "lo" or nothing, as columns have it
 * @param administrators whether only they may see it
 */
record Aspect(
        String label,
        String css,
        boolean administrators,
        BiFunction<CloudObject, Format, Cell> says,
        Function<CloudObject, List<ObjectRef>> points) {

    private static Aspect saying(
            String label, String css, BiFunction<CloudObject, Format, Cell> says) {
        return new Aspect("resources." + label, css, false, says, _ -> List.of());
    }

    /** Points at others; the ids come from the object's fields. */
    static Aspect refs(String label, String css, Function<CloudObject, List<ObjectRef>> points) {
        return new Aspect("resources." + label, css, false, (_, _) -> Cell.of(""), points);
    }

    static Aspect ref(String label, String css, Kind kind, String field) {
        return refs(label, css, object -> refs(kind, at(object.facts(), field)));
    }

    static Aspect text(String label, String css, String field) {
        return saying(label, css, (object, _) -> Cell.of(at(object.facts(), field).asString("")));
    }

    static Aspect mono(String label, String css, String field) {
        return mono(label, css, object -> texts(at(object.facts(), field)));
    }

    static Aspect mono(String label, String css, Function<CloudObject, List<String>> texts) {
        return saying(
                label,
                css,
                (object, _) -> Cell.of(texts.apply(object).stream().map(Bit::mono).toList()));
    }

    static Aspect words(String label, String css, Function<CloudObject, Words> words) {
        return saying(label, css, (object, _) -> Cell.of(words.apply(object)));
    }

    static Aspect yes(String label, String css, String field) {
        return saying(
                label,
                css,
                (object, _) -> {
                    var value = at(object.facts(), field);
                    return value.isMissingNode() || value.isNull()
                            ? Cell.of("")
                            : Cell.of(
                                    Words.of(
                                            value.asBoolean(value.asString("").equals("true"))
                                                    ? "resources.yes"
                                                    : "resources.no"));
                });
    }

    static Aspect number(String label, String css, String field) {
        return amount(label, css, field, Format::number);
    }

    static Aspect bytes(String label, String css, String field) {
        return amount(label, css, field, Format::bytes);
    }

    static Aspect mebibytes(String label, String css, String field) {
        return amount(label, css, field, Format::mebibytes);
    }

    static Aspect gibibytes(String label, String css, String field) {
        return amount(label, css, field, Format::gibibytes);
    }

    private static Aspect amount(
            String label, String css, String field, BiFunction<Format, Long, String> says) {
        return saying(
                label,
                css,
                (object, format) -> {
                    var value = at(object.facts(), field);
                    return value.isNumber()
                            ? Cell.of(says.apply(format, value.asLong(0)))
                            : Cell.of(value.asString(""));
                });
    }

    static Aspect moment(String label, String css, String field) {
        return saying(
                label,
                css,
                (object, format) -> {
                    var moment = moment(at(object.facts(), field).asString(""));
                    return moment == null ? Cell.of("") : Cell.of(moment);
                });
    }

    static Aspect created() {
        return saying(
                "created",
                "mid",
                (object, _) -> object.created() == null ? Cell.of("") : Cell.of(object.created()));
    }

    /** Points there, and says its words where that is nowhere. */
    Aspect pointing(Function<CloudObject, List<ObjectRef>> there) {
        return new Aspect(label, css, administrators, says, there);
    }

    Aspect forAdministrators() {
        return new Aspect(label, css, true, says, points);
    }

    Cell cell(CloudObject object, Format format, Names names) {
        var refs = points.apply(object);
        return refs.isEmpty()
                ? says.apply(object, format).in(css)
                : Cell.of(refs.stream().map(names::bit).toList()).in(css);
    }

    /** A field, or one inside another: {@code external_gateway_info.network_id}. */
    static JsonNode at(JsonNode node, String path) {
        // Names of extensions have dots too: the whole name is tried first.
        if (node.has(path) || !path.contains(".")) {
            return node.path(path);
        }
        var dot = path.indexOf('.');
        return at(node.path(path.substring(0, dot)), path.substring(dot + 1));
    }

    static List<ObjectRef> refs(Kind kind, JsonNode value) {
        return texts(value).stream().map(id -> new ObjectRef(kind, id)).toList();
    }

    static List<String> texts(JsonNode value) {
        if (!value.isArray()) {
            var text = value.isValueNode() && !value.isNull() ? value.asString("") : "";
            return text.isEmpty() ? List.of() : List.of(text);
        }
        var texts = new ArrayList<String>();
        value.forEach(each -> texts.addAll(texts(each)));
        return texts;
    }

    private static @Nullable Instant moment(String text) {
        var iso = text.strip().replace(' ', 'T');
        try {
            return iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            return null;
        }
    }
}

package dev.stackwright.catalog;

import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Severity;
import dev.stackwright.kernel.TextRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/**
 * The resource types that a site describes for itself, in the form of the built-in ones. A
 * description with a mistake is left out and told; the others hold.
 *
 * @param diagnostics what is wrong, by the name of the file
 */
public record SiteTypes(List<ResourceType> types, Map<String, Diagnostics> diagnostics) {

    public static final String CODE = "SW2001";
    public static final String TITLE = "Type description cannot be used";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+(::[A-Za-z0-9]+){1,4}");

    public SiteTypes {
        types = List.copyOf(types);
        diagnostics = Map.copyOf(diagnostics);
    }

    /**
     * Reads descriptions.
     *
     * @param texts by the name of the file
     */
    public static SiteTypes read(Map<String, String> texts) {
        var types = new LinkedHashMap<String, ResourceType>();
        var said = new LinkedHashMap<String, Diagnostics>();
        texts.forEach((file, text) -> {
            var wrong = new ArrayList<Diagnostic>();
            try {
                CatalogReader.entries(text)
                        .forEach((name, json) -> {
                            try {
                                if (!NAME.matcher(name).matches()) {
                                    throw new IllegalArgumentException(
                                            "its name is not like Site::Family::Type");
                                }
                                if (types.putIfAbsent(name, CatalogReader.type(name, json))
                                        != null) {
                                    throw new IllegalArgumentException(
                                            "another file describes it already");
                                }
                            } catch (RuntimeException e) {
                                wrong.add(
                                        wrong(
                                                TextRange.START,
                                                name,
                                                "`%s` is left out: %s."
                                                        .formatted(name, reason(e))));
                            }
                        });
            } catch (JacksonException e) {
                int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
                int column =
                        e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr());
                wrong.add(
                        wrong(
                                new TextRange(line, column, line, column),
                                "",
                                "The file is not valid JSON: %s."
                                        .formatted(e.getOriginalMessage())));
            } catch (RuntimeException e) {
                wrong.add(wrong(TextRange.START, "", "The file is no map of types: " + reason(e)));
            }
            if (!wrong.isEmpty()) {
                said.put(file, new Diagnostics(wrong));
            }
        });
        return new SiteTypes(List.copyOf(types.values()), said);
    }

    private static Diagnostic wrong(TextRange range, String path, String detail) {
        return new Diagnostic(CODE, Severity.ERROR, TITLE, detail, range, path, List.of());
    }

    private static String reason(RuntimeException e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}

package dev.stackwright.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Several environment files in one text, as the documents of a YAML text: each begins with a line
 * of three dashes, and the later ones lie on top.
 */
final class EnvironmentDocuments {

    /** What comes after so many is left together, and is no YAML any more. */
    private static final int MOST = 32;

    private static final Pattern BEGINNING = Pattern.compile("(?:^|(?<=[\\r\\n]))---(?=\\s|$)");
    private static final Pattern LINE_CONTENT = Pattern.compile("[^\\r\\n]+");

    private EnvironmentDocuments() {}

    /** Each document with as many empty lines before it as lines stand before it in the text. */
    static List<String> of(String text) {
        var beginnings = new ArrayList<Integer>();
        var matcher = BEGINNING.matcher(text);
        while (matcher.find() && beginnings.size() < MOST) {
            beginnings.add(matcher.start());
        }
        if (!beginnings.isEmpty() && isNothing(text.substring(0, beginnings.getFirst()))) {
            beginnings.removeFirst();
        }
        if (beginnings.isEmpty()) {
            return List.of(text);
        }
        var documents = new ArrayList<String>();
        documents.add(text.substring(0, beginnings.getFirst()));
        for (int i = 0; i < beginnings.size(); i++) {
            int from = beginnings.get(i);
            int to = i + 1 < beginnings.size() ? beginnings.get(i + 1) : text.length();
            String before = LINE_CONTENT.matcher(text.substring(0, from)).replaceAll("");
            documents.add(before + "   " + text.substring(from + 3, to));
        }
        return documents;
    }

    /** Nothing but empty lines, comments and directives. */
    private static boolean isNothing(String text) {
        return text.lines()
                .map(String::strip)
                .allMatch(line -> line.isEmpty() || line.startsWith("#") || line.startsWith("%"));
    }
}

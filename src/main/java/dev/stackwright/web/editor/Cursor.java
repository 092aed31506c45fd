package dev.stackwright.web.editor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where in a template a person is, told from indentation alone: while somebody types, the text is
 * seldom sound enough to be read. Pure.
 */
final class Cursor {

    private static final Pattern LINE = Pattern.compile("^(\\s*(?:-\\s+)*)(.*)$", Pattern.DOTALL);
    private static final Pattern ENTRY =
            Pattern.compile(
                    "^([\"']?)([^\\s\"'#{}\\[\\],][^\"'{}\\[\\],]*?)\\1\\s*:(?:\\s+(.*))?$");
    private static final Pattern WORD = Pattern.compile("[\\w:.$%/-]*$");
    private static final Pattern CALL =
            Pattern.compile(
                    "(get_param|get_resource|get_attr|get_file|Ref|Fn::GetAtt)\\s*:\\s*([^}]*)$");

    private final List<String> lines;
    private final int row;
    private final String before;
    private final Line here;

    /** One line taken apart: the column at which its content begins, its key, and its value. */
    private record Line(int column, boolean item, Optional<String> key, String value) {

        static Line of(String text) {
            var parts = LINE.matcher(text);
            if (!parts.matches()) {
                return new Line(0, false, Optional.empty(), text);
            }
            var lead = parts.group(1);
            var entry = ENTRY.matcher(parts.group(2));
            boolean item = lead.indexOf('-') >= 0;
            return entry.matches()
                    ? new Line(
                            lead.length(),
                            item,
                            Optional.of(entry.group(2)),
                            entry.group(3) == null ? "" : entry.group(3))
                    : new Line(lead.length(), item, Optional.empty(), parts.group(2));
        }
    }

    /** A function that is being written, and what stands after its name so far. */
    record Call(String function, String arguments) {}

    /**
     * @param line from 1
     * @param column from 1: the place before this character
     */
    Cursor(String text, int line, int column) {
        lines = text.lines().toList();
        row = Math.clamp(line - 1L, 0, Math.max(0, lines.size() - 1));
        var whole = lines.isEmpty() ? "" : lines.get(row);
        // A new last line that is still empty is none of lines().
        var now = line - 1 > row ? "" : whole;
        before = now.substring(0, Math.clamp(column - 1L, 0, now.length()));
        here = Line.of(before);
    }

    /** What is typed of the word so far. */
    String prefix() {
        var word = WORD.matcher(before);
        return word.find() ? word.group() : "";
    }

    /** The key of this line when the cursor stands behind it. */
    Optional<String> key() {
        return here.key();
    }

    /** Whether this is an entry of a list that has no key yet: it may become a value or a key. */
    boolean isItem() {
        return here.item() && here.key().isEmpty();
    }

    /** What stands on this line before the word, without the key. */
    String value() {
        return here.value();
    }

    /** Whether a map or list that is written on one line is open. */
    boolean isInFlow() {
        var text = here.value();
        return text.startsWith("{") || text.startsWith("[");
    }

    /** Where a new line below would be indented to: for what is completed over several. */
    int column() {
        return here.column();
    }

    Optional<Call> call() {
        var found = CALL.matcher(before);
        return found.find()
                ? Optional.of(new Call(found.group(1), found.group(2)))
                : Optional.empty();
    }

    /** The keys around this place, outermost first, without the one of this line. */
    List<String> path() {
        return path(row, here.column());
    }

    private List<String> path(int from, int column) {
        var path = new ArrayList<String>();
        var edge = column;
        for (var i = from - 1; i >= 0 && edge > 0; i--) {
            var line = lines.get(i);
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            var parts = Line.of(line);
            var key = parts.key();
            if (parts.column() < edge) {
                if (key.isPresent()) {
                    path.add(key.get());
                }
                edge = parts.column();
            }
        }
        Collections.reverse(path);
        return path;
    }

    /** The keys that stand beside this one. */
    List<String> siblings() {
        var found = new ArrayList<String>();
        for (var step : List.of(-1, 1)) {
            for (var i = row + step; i >= 0 && i < lines.size(); i += step) {
                var line = lines.get(i);
                if (line.isBlank() || line.strip().startsWith("#")) {
                    continue;
                }
                var parts = Line.of(line);
                if (parts.column() < here.column() || (parts.item() && step > 0)) {
                    break;
                }
                if (parts.column() == here.column()) {
                    parts.key().ifPresent(found::add);
                    if (parts.item()) {
                        break;
                    }
                }
            }
        }
        return found;
    }

    /** What a section holds, by name: each with the value of one of its keys, such as its type. */
    Map<String, String> section(String name, String key) {
        var found = new LinkedHashMap<String, String>();
        var inside = false;
        var edge = -1;
        String current = null;
        for (var text : lines) {
            if (text.isBlank() || text.strip().startsWith("#")) {
                continue;
            }
            var line = Line.of(text);
            if (line.column() == 0) {
                inside = line.key().filter(name::equalsIgnoreCase).isPresent();
                edge = -1;
                current = null;
                continue;
            }
            if (!inside || line.key().isEmpty()) {
                continue;
            }
            edge = edge < 0 ? line.column() : edge;
            if (line.column() == edge) {
                current = line.key().get();
                found.put(current, inline(line.value(), key));
            } else if (current != null
                    && line.key().filter(key::equalsIgnoreCase).isPresent()
                    && found.getOrDefault(current, "").isEmpty()) {
                found.put(current, plain(line.value()));
            }
        }
        return found;
    }

    /** The value of a key that stands outermost. */
    Optional<String> value(String key) {
        return lines.stream()
                .map(Line::of)
                .filter(line -> line.column() == 0)
                .filter(line -> line.key().filter(key::equals).isPresent())
                .map(line -> plain(line.value()))
                .findFirst();
    }

    private static String inline(String flow, String key) {
        var found =
                Pattern.compile("(?i)[{,]\\s*" + Pattern.quote(key) + "\\s*:\\s*([^,}]+)")
                        .matcher(flow);
        return found.find() ? plain(found.group(1)) : "";
    }

    private static String plain(String value) {
        return value.replaceFirst("\\s+#.*$", "").strip().replaceAll("^[\"']|[\"']$", "");
    }
}

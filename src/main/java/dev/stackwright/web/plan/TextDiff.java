package dev.stackwright.web.plan;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two texts side by side: rows with a line on the left, on the right, or on both. What is alike and
 * far from any change is folded, and of a long text only the first part is there, unless everything
 * is asked for.
 *
 * @param more how many rows come after these
 */
public record TextDiff(List<Row> rows, int added, int removed, boolean folded, int more) {

    /** More rows than this are drawn only when everything is asked for. */
    private static final int FIRST_PART = 500;

    private static final int CONTEXT = 3;
    private static final int LONGEST_LINE_TO_MARK = 400;
    private static final long MOST_WORK = 250_000L;

    /** How a row is drawn. */
    public enum Kind {
        SAME,
        CHANGED,
        ADDED,
        REMOVED,
        FOLD
    }

    /** A piece of a line; a marked one is what differs within it. */
    public record Piece(String text, boolean marked) {}

    /**
     * One row. A fold says in {@code hidden} how many lines it stands for.
     *
     * @param left its number on the left, or null
     */
    public record Row(
            Kind kind,
            @Nullable Integer left,
            @Nullable Integer right,
            List<Piece> before,
            List<Piece> after,
            int hidden) {

        /** Links lead here: the line as it will be, or as it was when it goes. */
        public String id() {
            return right != null ? "line-" + right : left != null ? "was-" + left : "";
        }
    }

    public static TextDiff of(String before, String after, boolean whole) {
        var olds = lines(before);
        var news = lines(after);
        var rows = rows(olds, news);
        var added = 0;
        var removed = 0;
        for (var row : rows) {
            added += row.kind == Kind.ADDED || row.kind == Kind.CHANGED ? 1 : 0;
            removed += row.kind == Kind.REMOVED || row.kind == Kind.CHANGED ? 1 : 0;
        }
        var shown = whole ? rows : fold(rows);
        var part = whole ? shown : shown.subList(0, Math.min(shown.size(), FIRST_PART));
        return new TextDiff(
                part.stream().map(TextDiff::marked).toList(),
                added,
                removed,
                shown.size() != rows.size(),
                shown.size() - part.size());
    }

    public boolean isEmpty() {
        return added == 0 && removed == 0;
    }

    /** The rows one below the other: what changed stands twice, first as it was. */
    public List<Row> unified() {
        var unified = new ArrayList<Row>();
        var pending = new ArrayList<Row>();
        for (var row : rows) {
            if (row.kind == Kind.CHANGED) {
                unified.add(new Row(Kind.REMOVED, row.left, null, row.before, List.of(), 0));
                pending.add(new Row(Kind.ADDED, null, row.right, List.of(), row.after, 0));
                continue;
            }
            unified.addAll(pending);
            pending.clear();
            unified.add(row);
        }
        unified.addAll(pending);
        return unified;
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : text.lines().toList();
    }

    private static List<Row> rows(List<String> olds, List<String> news) {
        var rows = new ArrayList<Row>();
        var from = commonStart(olds, news);
        var end = commonEnd(olds, news, from);
        for (var i = 0; i < from; i++) {
            rows.add(same(i, i, olds.get(i)));
        }
        var left = olds.subList(from, olds.size() - end);
        var right = news.subList(from, news.size() - end);
        middle(left, right, from, rows);
        for (var i = 0; i < end; i++) {
            var l = olds.size() - end + i;
            rows.add(same(l, news.size() - end + i, olds.get(l)));
        }
        return rows;
    }

    private static int commonStart(List<String> olds, List<String> news) {
        var i = 0;
        while (i < olds.size() && i < news.size() && olds.get(i).equals(news.get(i))) {
            i++;
        }
        return i;
    }

    private static int commonEnd(List<String> olds, List<String> news, int from) {
        var i = 0;
        while (olds.size() - i > from
                && news.size() - i > from
                && olds.get(olds.size() - 1 - i).equals(news.get(news.size() - 1 - i))) {
            i++;
        }
        return i;
    }

    private static void middle(List<String> olds, List<String> news, int offset, List<Row> rows) {
        middle(olds, news, offset, offset, rows);
    }

    /** Lines that stand once on each side hold long texts together; what lies between is short. */
    private static void middle(
            List<String> olds, List<String> news, int left, int right, List<Row> rows) {
        if ((long) olds.size() * news.size() <= MOST_WORK) {
            compare(olds, news, left, right, rows);
            return;
        }
        var anchors = anchors(olds, news);
        if (anchors.isEmpty()) {
            block(olds, news, left, right, rows);
            return;
        }
        var l = 0;
        var r = 0;
        for (var anchor : anchors) {
            middle(
                    olds.subList(l, anchor[0]),
                    news.subList(r, anchor[1]),
                    left + l,
                    right + r,
                    rows);
            rows.add(same(left + anchor[0], right + anchor[1], olds.get(anchor[0])));
            l = anchor[0] + 1;
            r = anchor[1] + 1;
        }
        middle(
                olds.subList(l, olds.size()),
                news.subList(r, news.size()),
                left + l,
                right + r,
                rows);
    }

    /** The longest run of such lines that are in the same order on both sides. */
    private static List<int[]> anchors(List<String> olds, List<String> news) {
        var places = new HashMap<String, Integer>();
        for (var i = 0; i < news.size(); i++) {
            places.merge(news.get(i), i, (_, _) -> -1);
        }
        var seen = new HashMap<String, Integer>();
        olds.forEach(line -> seen.merge(line, 1, Integer::sum));
        var ends = new ArrayList<int[]>();
        var before = new HashMap<Integer, int[]>();
        for (var i = 0; i < olds.size(); i++) {
            int place = places.getOrDefault(olds.get(i), -1);
            if (place < 0 || seen.getOrDefault(olds.get(i), 0) > 1) {
                continue;
            }
            var low = 0;
            var high = ends.size();
            while (low < high) {
                var middle = (low + high) / 2;
                if (ends.get(middle)[1] < place) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            int[] pair = {i, place};
            if (low > 0) {
                before.put(i, ends.get(low - 1));
            }
            if (low == ends.size()) {
                ends.add(pair);
            } else {
                ends.set(low, pair);
            }
        }
        var run = new ArrayList<int[]>();
        var pair = ends.isEmpty() ? null : ends.getLast();
        while (pair != null) {
            run.addFirst(pair);
            pair = before.get(pair[0]);
        }
        return run;
    }

    private static void compare(
            List<String> olds, List<String> news, int leftOffset, int rightOffset, List<Row> rows) {
        var left = 0;
        var right = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(olds, news).getDeltas()) {
            var source = delta.getSource();
            for (; left < source.getPosition(); left++, right++) {
                rows.add(same(leftOffset + left, rightOffset + right, olds.get(left)));
            }
            block(
                    source.getLines(),
                    delta.getTarget().getLines(),
                    leftOffset + left,
                    rightOffset + right,
                    rows);
            left += source.size();
            right += delta.getTarget().size();
        }
        for (; left < olds.size(); left++, right++) {
            rows.add(same(leftOffset + left, rightOffset + right, olds.get(left)));
        }
    }

    private static void block(
            List<String> olds, List<String> news, int left, int right, List<Row> rows) {
        var pairs = Math.min(olds.size(), news.size());
        for (var i = 0; i < pairs; i++) {
            rows.add(
                    new Row(
                            Kind.CHANGED,
                            left + i + 1,
                            right + i + 1,
                            plain(olds.get(i)),
                            plain(news.get(i)),
                            0));
        }
        for (var i = pairs; i < olds.size(); i++) {
            rows.add(new Row(Kind.REMOVED, left + i + 1, null, plain(olds.get(i)), List.of(), 0));
        }
        for (var i = pairs; i < news.size(); i++) {
            rows.add(new Row(Kind.ADDED, null, right + i + 1, List.of(), plain(news.get(i)), 0));
        }
    }

    private static Row same(int left, int right, String line) {
        return new Row(Kind.SAME, left + 1, right + 1, plain(line), plain(line), 0);
    }

    /** What differs within a line is worked out only for lines that are shown. */
    private static Row marked(Row row) {
        if (row.kind != Kind.CHANGED) {
            return row;
        }
        var old = row.before.getFirst().text();
        var now = row.after.getFirst().text();
        if (old.length() > LONGEST_LINE_TO_MARK || now.length() > LONGEST_LINE_TO_MARK) {
            return row;
        }
        var olds = words(old);
        var news = words(now);
        var before = new ArrayList<Piece>();
        var after = new ArrayList<Piece>();
        var at = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(olds, news).getDeltas()) {
            var same = String.join("", olds.subList(at, delta.getSource().getPosition()));
            add(before, same, false);
            add(after, same, false);
            if (delta.getType() != DeltaType.INSERT) {
                add(before, String.join("", delta.getSource().getLines()), true);
            }
            add(after, String.join("", delta.getTarget().getLines()), true);
            at = delta.getSource().getPosition() + delta.getSource().size();
        }
        var rest = String.join("", olds.subList(at, olds.size()));
        add(before, rest, false);
        add(after, rest, false);
        return new Row(Kind.CHANGED, row.left, row.right, before, after, 0);
    }

    private static void add(List<Piece> pieces, String text, boolean marked) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, marked));
        }
    }

    private static List<Piece> plain(String line) {
        return List.of(new Piece(line, false));
    }

    /** Words, and whatever stands between them, one by one. */
    private static List<String> words(String line) {
        return List.of(line.splitWithDelimiters("[^\\p{L}\\p{N}_]", -1)).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static List<Row> fold(List<Row> rows) {
        var keep = new boolean[rows.size()];
        for (var i = 0; i < rows.size(); i++) {
            if (rows.get(i).kind != Kind.SAME) {
                for (var j = Math.max(0, i - CONTEXT);
                        j <= Math.min(rows.size() - 1, i + CONTEXT);
                        j++) {
                    keep[j] = true;
                }
            }
        }
        var folded = new ArrayList<Row>();
        var hidden = 0;
        for (var i = 0; i <= rows.size(); i++) {
            if (i < rows.size() && !keep[i]) {
                hidden++;
                continue;
            }
            if (hidden == 1) {
                folded.add(rows.get(i - 1));
            } else if (hidden > 1) {
                folded.add(new Row(Kind.FOLD, null, null, List.of(), List.of(), hidden));
            }
            hidden = 0;
            if (i < rows.size()) {
                folded.add(rows.get(i));
            }
        }
        return folded;
    }
}

package dev.stackwright.metering.store;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as PostgreSQL's COPY reads them: a line each, columns between tabs. */
final class CopyText {

    private static final int USUAL_ROW = 120;

    private CopyText() {}

    static byte[] of(List<@Nullable Object[]> rows) {
        var out = new StringBuilder(rows.size() * USUAL_ROW);
        for (var row : rows) {
            for (int column = 0; column < row.length; column++) {
                if (column > 0) {
                    out.append('\t');
                }
                value(row[column], out);
            }
            out.append('\n');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void value(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append("\\N");
            case BigDecimal number -> out.append(number.toPlainString());
            case String text -> text(text, out);
            default -> out.append(value);
        }
    }

    private static void text(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> out.append(c);
            }
        }
    }
}

package dev.stackwright.web.usage;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes CSV that a spreadsheet may open: a cell that it would take for a formula begins with an
 * apostrophe. Plain numbers stay numbers, negative ones too.
 */
final class SafeCsv {

    private SafeCsv() {}

    static String write(List<List<String>> rows) {
        var text = new StringWriter();
        try (var csv = CsvWriter.builder().build(text)) {
            rows.forEach(row -> csv.writeRecord(row.stream().map(SafeCsv::harmless).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static String harmless(String cell) {
        if (cell.isEmpty() || cell.matches("-?[0-9]+(\\.[0-9]+)?")) {
            return cell;
        }
        var dangerous = "=+-@\t\r\n|%".indexOf(cell.charAt(0)) >= 0;
        return dangerous ? "'" + cell : cell;
    }
}

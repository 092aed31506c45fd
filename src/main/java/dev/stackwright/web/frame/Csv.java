package dev.stackwright.web.frame;

import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A table as CSV. A cell that a spreadsheet would take for a formula gets an apostrophe in front: a
 * server may be called {@code =cmd|' /C calc'!A0}.
 */
public final class Csv {

    private static final String DANGEROUS = "=+-@\t\r\n|%";
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?[0-9][0-9,]*(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private static final MediaType TYPE = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final StringWriter text = new StringWriter();
    private final CsvWriter writer = CsvWriter.builder().build(text);

    public Csv(String... heads) {
        this(List.of(heads));
    }

    public Csv(List<String> heads) {
        row(heads);
    }

    public Csv row(String... cells) {
        return row(List.of(cells));
    }

    public Csv row(List<String> cells) {
        writer.writeRecord(cells.stream().map(Csv::guarded).toList());
        return this;
    }

    @Override
    public String toString() {
        try {
            writer.flush();
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return text.toString();
    }

    /** The answer that a browser saves under the name. */
    public ResponseEntity<String> as(String fileName) {
        return ResponseEntity.ok()
                .contentType(TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, saved(fileName))
                .body(toString());
    }

    /**
     * Writes a table to the browser row by row, one that may have more rows than should be held in
     * memory as text. What can fail is read before.
     */
    public static void write(
            HttpServletResponse response,
            String fileName,
            List<String> heads,
            Stream<List<String>> rows)
            throws IOException {
        response.setContentType(TYPE.toString());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, saved(fileName));
        try (var lines = CsvWriter.builder().build(response.getWriter())) {
            lines.writeRecord(heads);
            rows.forEach(cells -> lines.writeRecord(cells.stream().map(Csv::guarded).toList()));
        }
    }

    private static String saved(String fileName) {
        return ContentDisposition.attachment()
                .filename(fileName, StandardCharsets.UTF_8)
                .build()
                .toString();
    }

    private static String guarded(String cell) {
        String clean = cell.replace("\0", "");
        if (clean.isEmpty()) {
            return clean;
        }
        boolean dangerous =
                DANGEROUS.indexOf(clean.charAt(0)) >= 0 && !NUMBER.matcher(clean).matches();
        return dangerous ? "'" + clean : clean;
    }
}

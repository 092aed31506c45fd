package dev.stackwright.web.stacks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Keeps a template byte for byte on its way through a text area. A browser shows every line end as
 * LF and sends it as CR LF, so what comes back has lost its own. When nothing but line ends differs
 * from the text before, the text before is meant; else the line ends become like those that it had.
 */
record LineEnds(String before) {

    /** A template is far shorter; whoever sends more has not got it from the form. */
    private static final int MOST = 4 << 20;

    static LineEnds of(String before) {
        return new LineEnds(before);
    }

    /**
     * The text that came out of the area, with the line ends that the script saw when it was
     * pasted.
     *
     * @param seen one letter for each line end: {@code n} for LF, {@code r} for CR LF, {@code c}
     *     for CR; empty when there was no script or nothing was pasted
     */
    String on(String sent, String seen) {
        if (seen.isEmpty() || !seen.matches("[nrc]+")) {
            return on(sent);
        }
        var plain = plain(sent);
        var ends = (int) plain.chars().filter(c -> c == '\n').count();
        boolean alike = seen.chars().distinct().count() == 1;
        if (!alike && ends != seen.length()) {
            return plain;
        }
        var text = new StringBuilder(plain.length() + ends);
        var number = 0;
        for (var i = 0; i < plain.length(); i++) {
            var c = plain.charAt(i);
            text.append(c == '\n' ? end(seen.charAt(alike ? 0 : number++)) : String.valueOf(c));
        }
        return text.toString();
    }

    private static String end(char letter) {
        return switch (letter) {
            case 'r' -> "\r\n";
            case 'c' -> "\r";
            default -> "\n";
        };
    }

    String on(String sent) {
        var plain = plain(sent);
        if (plain.equals(plain(before))) {
            return before;
        }
        return hasCrlfOnly() ? plain.replace("\n", "\r\n") : plain;
    }

    private boolean hasCrlfOnly() {
        return before.contains("\r\n") && before.replace("\r\n", "").indexOf('\n') < 0;
    }

    private static String plain(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** The text of a file, or a complaint when it is none. */
    static String text(byte[] file) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    }

    /** What the form carries along beside the text area; empty when the area loses nothing. */
    static String packed(String text) {
        if (text.indexOf('\r') < 0) {
            return "";
        }
        var bytes = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot be written", e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** The way back; what nobody packed is empty. */
    static String opened(String packed) {
        if (packed.isEmpty()) {
            return "";
        }
        try (var inflater =
                new InflaterInputStream(
                        new ByteArrayInputStream(Base64.getUrlDecoder().decode(packed)))) {
            return text(inflater.readNBytes(MOST));
        } catch (IOException | IllegalArgumentException notPacked) {
            return "";
        }
    }
}

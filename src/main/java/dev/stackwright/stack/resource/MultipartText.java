package dev.stackwright.stack.resource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Several texts in one, as cloud-init takes them. */
final class MultipartText {

    private static final Pattern BOUNDARY =
            Pattern.compile(
                    "(?im)^content-type:\\s*multipart/[^\\r\\n]*boundary=\"?([^\"\\r\\n;]+)");

    private MultipartText() {}

    static String of(Work work) {
        var parts = new ArrayList<String>();
        for (var part : work.json("parts")) {
            var text = work.config(part.path("config").asString(""));
            if (part.path("type").asString("text").equals("multipart")) {
                parts.addAll(partsOf(text));
            } else {
                parts.add(part(part, text));
            }
        }
        // The same parts make the same text, however often it is written.
        var boundary = "===============" + work.row().toString().replace("-", "") + "==";
        var all = new StringBuilder();
        all.append("Content-Type: multipart/mixed; boundary=\"%s\"\n".formatted(boundary));
        all.append("MIME-Version: 1.0\n\n");
        for (var part : parts) {
            all.append("--").append(boundary).append('\n').append(part).append('\n');
        }
        return all.append("--").append(boundary).append("--\n").toString();
    }

    private static String part(JsonNode part, String text) {
        var name = part.path("filename").asString("");
        var kind = part.path("subtype").asString("");
        if (kind.isEmpty()) {
            int dot = name.lastIndexOf('.');
            kind = dot > 0 ? name.substring(0, dot) : name.isEmpty() ? "plain" : name;
        }
        boolean plain = text.chars().allMatch(letter -> letter < 128);
        var head = new StringBuilder();
        head.append(
                "Content-Type: text/%s; charset=\"%s\"\n"
                        .formatted(kind, plain ? "us-ascii" : "utf-8"));
        head.append("MIME-Version: 1.0\n");
        head.append("Content-Transfer-Encoding: ").append(plain ? "7bit" : "base64").append('\n');
        if (!name.isEmpty()) {
            head.append("Content-Disposition: attachment; filename=\"%s\"\n".formatted(name));
        }
        var body =
                plain
                        ? text
                        : Base64.getMimeEncoder(76, new byte[] {'\n'})
                                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return head.append('\n').append(body).toString();
    }

    /** The parts of a text that is of several parts itself. */
    private static List<String> partsOf(String text) {
        var found = BOUNDARY.matcher(text);
        if (!found.find()) {
            throw new Impossible(
                    "A part of type multipart is no multipart text: its Content-Type names no"
                            + " boundary");
        }
        var mark = "--" + found.group(1);
        var parts = new ArrayList<String>();
        int at = text.indexOf("\n" + mark);
        while (at >= 0) {
            int from = text.indexOf('\n', at + 1) + 1;
            int next = text.indexOf("\n" + mark, at + 1);
            if (next < 0 || from == 0) {
                break;
            }
            parts.add(text.substring(from, next));
            at = next;
        }
        return parts;
    }
}

package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.Optional;
import java.util.regex.Pattern;

/** The custom constraints about the form of a text, which nobody has to be asked about. */
final class PlainConstraints {

    private static final Pattern MAC =
            Pattern.compile(
                    "[0-9a-fA-F]{1,2}(?:([:-])[0-9a-fA-F]{1,2})(?:\\1[0-9a-fA-F]{1,2}){4}|[0-9a-fA-F]{12}|[0-9a-fA-F]{4}(?:\\.[0-9a-fA-F]{4}){2}");
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

    private PlainConstraints() {}

    /** What is wrong, or empty when it is right or another one's business. */
    static Optional<String> check(String name, Value value) {
        if (!(value instanceof Value.Text text)) {
            return Optional.empty();
        }
        String word = text.value();
        return switch (name) {
            case "ip_addr" ->
                    isAddress(word)
                            ? Optional.empty()
                            : Optional.of("It must be an IP address, such as 10.0.0.5.");
            case "net_cidr" ->
                    isCidr(word)
                            ? Optional.empty()
                            : Optional.of(
                                    "It must be a network in CIDR form, such as 10.0.0.0/24.");
            case "ip_or_cidr" ->
                    isAddress(word) || isCidr(word)
                            ? Optional.empty()
                            : Optional.of(
                                    "It must be an IP address, or a network such as 10.0.0.0/24.");
            case "mac_addr" ->
                    MAC.matcher(word).matches()
                            ? Optional.empty()
                            : Optional.of("It must be a MAC address, such as fa:16:3e:00:00:01.");
            default -> Optional.empty();
        };
    }

    private static boolean isCidr(String word) {
        int slash = word.indexOf('/');
        if (slash < 0 || !word.substring(slash + 1).matches("[0-9]{1,3}")) {
            return false;
        }
        String address = word.substring(0, slash);
        return isAddress(address)
                && Integer.parseInt(word.substring(slash + 1))
                        <= (address.contains(":") ? 128 : 32);
    }

    private static boolean isAddress(String word) {
        return word.length() <= 45 && (IPV4.matcher(word).matches() || isIpv6(word));
    }

    private static boolean isIpv6(String word) {
        if (!word.contains(":")
                || word.contains(":::")
                || word.indexOf("::") != word.lastIndexOf("::")) {
            return false;
        }
        String body = word;
        int groups = 0;
        int lastColon = body.lastIndexOf(':');
        if (body.indexOf('.') > 0) {
            if (!IPV4.matcher(body.substring(lastColon + 1)).matches()) {
                return false;
            }
            groups = 2;
            body =
                    body.substring(0, lastColon)
                            + (body.startsWith("::", Math.max(0, lastColon - 1)) ? ":" : "");
        }
        boolean shortened = body.contains("::");
        for (String group : body.split(":", -1)) {
            if (group.isEmpty()) {
                continue;
            }
            if (!group.matches("[0-9a-fA-F]{1,4}")) {
                return false;
            }
            groups++;
        }
        boolean loose =
                (body.startsWith(":") && !body.startsWith("::"))
                        || (body.endsWith(":") && !body.endsWith("::"));
        return !loose && (shortened ? groups <= 7 : groups == 8);
    }
}

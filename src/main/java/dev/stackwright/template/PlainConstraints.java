package dev.stackwright.template;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The custom constraints about the form of a text, which nobody has to be asked about. */
final class PlainConstraints {

    static final Set<String> NAMES =
            Set.of(
                    "cron_expression",
                    "dns_domain",
                    "dns_name",
                    "expiration",
                    "ip_addr",
                    "ip_or_cidr",
                    "iso_8601",
                    "json_string",
                    "mac_addr",
                    "net_cidr",
                    "rel_dns_name",
                    "timezone");

    private static final String HEX = "[0-9a-fA-F]";
    private static final Pattern MAC =
            Pattern.compile(
                    ("X{1,2}([:-])X{1,2}(?:\\1X{1,2}){4}" // six pairs
                                    + "|X{1,4}([:.-])X{1,4}\\2X{1,4}" // three fours
                                    + "|X{5,6}[:-]X{5,6}"
                                    + "|X{11,12}")
                            .replace("X", HEX));
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9-]{1,63}");
    private static final int LONGEST_NAME = 255;
    private static final Pattern MOMENT =
            Pattern.compile(
                    "([0-9]{4})(?:(?:-([0-9]{1,2})|([0-9]{2})(?!$))"
                            + "(?:(?:-([0-9]{1,2})|([0-9]{2}))"
                            + "(?:[ T]([0-9]{2})(?::?([0-9]{2}))?(?::?([0-9]{1,2})(?:[.,][0-9]+)?)?"
                            + "(?:Z|[-+]([0-9]{2}):?([0-9]{2})?)?)?)?)?");

    /** Java knows some zones that nobody else has, and leaves a few short names out. */
    private static final Set<String> ZONES = zones();

    private PlainConstraints() {}

    private static Set<String> zones() {
        var zones = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        zones.addAll(ZoneId.getAvailableZoneIds());
        zones.removeIf(zone -> zone.startsWith("SystemV/"));
        zones.addAll(Set.of("EST", "MST", "HST", "ROC"));
        return zones;
    }

    /** What is wrong, or empty when it is right or another one's business. */
    static Optional<String> check(String name, String text) {
        return Optional.ofNullable(
                switch (name) {
                    case "ip_addr" ->
                            isAddress(text) ? null : "It must be an IP address, such as 10.0.0.5.";
                    case "net_cidr" ->
                            isCidr(text)
                                    ? null
                                    : "It must be a network in CIDR form, such as 10.0.0.0/24.";
                    case "ip_or_cidr" ->
                            isAddress(text) || isCidr(text)
                                    ? null
                                    : "It must be an IP address, or a network such as 10.0.0.0/24.";
                    case "mac_addr" ->
                            MAC.matcher(text).matches()
                                    ? null
                                    : "It must be a MAC address, such as fa:16:3e:00:00:01.";
                    case "dns_name" -> dnsName(text);
                    case "rel_dns_name" -> relativeName(text);
                    case "dns_domain" -> domain(text);
                    case "timezone" ->
                            text.isEmpty() || ZONES.contains(text)
                                    ? null
                                    : "It must be a time zone, such as Europe/Berlin or UTC.";
                    case "cron_expression" ->
                            text.isEmpty() || CronText.isCron(text)
                                    ? null
                                    : "It must be a cron expression of five fields, such as"
                                            + " `0 4 * * mon-fri`.";
                    case "iso_8601" -> moment(text);
                    case "expiration" -> text.isEmpty() ? null : moment(text.strip());
                    case "json_string" -> Json.parse(text) == null ? "It must be JSON." : null;
                    default -> null;
                });
    }

    private static @Nullable String dnsName(String name) {
        if (name.isEmpty()) {
            return null;
        }
        String trimmed = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (trimmed.length() > LONGEST_NAME) {
            return "A domain name has %d characters at the most.".formatted(LONGEST_NAME);
        }
        String[] labels = trimmed.split("\\.", -1);
        for (String label : labels) {
            if (label.startsWith("-") || label.endsWith("-")) {
                return "No part of a domain name begins or ends with a hyphen.";
            }
            if (!DNS_LABEL.matcher(label).matches()) {
                return "Each part of a domain name has 1 to 63 small letters, digits and hyphens.";
            }
        }
        boolean numbers =
                name.endsWith(".")
                        && labels.length > 1
                        && labels[labels.length - 1].matches("[0-9]+");
        return numbers ? "The last part of a full domain name is not a number." : null;
    }

    private static @Nullable String relativeName(String name) {
        if (name.endsWith(".")) {
            return "It must be a relative name, without a dot at its end.";
        }
        return name.length() > LONGEST_NAME - 3
                ? "It is so long that no domain can follow it."
                : dnsName(name);
    }

    private static @Nullable String domain(String name) {
        String problem = dnsName(name);
        return problem == null && !name.isEmpty() && !name.endsWith(".")
                ? "It must end with a dot, as a whole domain name does."
                : problem;
    }

    private static @Nullable String moment(String text) {
        return text.length() <= 64 && isMoment(text)
                ? null
                : "It must be a date and time, such as 2030-01-31T12:00:00Z.";
    }

    private static boolean isMoment(String text) {
        var parts = MOMENT.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        try {
            LocalDateTime.of(
                    Math.max(1, number(parts.group(1), 1)),
                    number(parts.group(2) == null ? parts.group(3) : parts.group(2), 1),
                    number(parts.group(4) == null ? parts.group(5) : parts.group(4), 1),
                    number(parts.group(6), 0),
                    number(parts.group(7), 0),
                    number(parts.group(8), 0));
            return number(parts.group(9), 0) < 24 && number(parts.group(10), 0) < 60;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    private static boolean isCidr(String word) {
        int slash = word.indexOf('/');
        if (slash < 0) {
            return false;
        }
        String address = word.substring(0, slash);
        String length = word.substring(slash + 1);
        if (IPV4.matcher(address).matches()) {
            return length.matches("[0-9]|[12][0-9]|3[0-2]");
        }
        return isAddress(address)
                && (length.matches("[0-9]{1,3}")
                        ? Integer.parseInt(length) <= 128
                        : isMask(length));
    }

    /** The length may be written as a mask too, though only in the sixth version. */
    private static boolean isMask(String address) {
        if (!isAddress(address) || !address.contains(":") || address.contains(".")) {
            return false;
        }
        return address.toLowerCase(Locale.ROOT)
                .matches("(?:ffff:)*(?:f{4}|f{3}[ec80]|f{2}[ec80]0|f[ec80]00|[ec8]000)(?:::|$)|::");
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

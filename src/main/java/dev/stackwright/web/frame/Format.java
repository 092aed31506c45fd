package dev.stackwright.web.frame;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * Words, times and numbers as one person reads them: their zone and language. Pages find it as
 * {@code format}.
 */
public final class Format {

    private static final Map<String, DateTimeFormatter> PATTERNS = new ConcurrentHashMap<>();
    private static final List<String> BINARY = List.of("B", "KB", "MB", "GB", "TB", "PB");

    private final ZoneId zone;
    private final Locale locale;
    private final InstantSource clock;
    private final MessageSource messages;

    public Format(ZoneId zone, Locale locale, InstantSource clock, MessageSource messages) {
        this.zone = zone;
        this.locale = locale;
        this.clock = clock;
        this.messages = messages;
    }

    public ZoneId zone() {
        return zone;
    }

    public Instant now() {
        return clock.instant();
    }

    /** The words in the person's language. */
    public String say(@Nullable Words words) {
        if (words == null) {
            return "";
        }
        if (words.key() == null) {
            return words.text();
        }
        return messages.getMessage(
                words.key(), words.arguments().stream().map(this::argument).toArray(), locale);
    }

    public String say(String key, Serializable... arguments) {
        return say(Words.of(key, arguments));
    }

    private Object argument(Serializable argument) {
        return switch (argument) {
            case Words words -> say(words);
            case Instant instant -> dateTime(instant);
            case Duration duration -> duration(duration);
            case Long number -> number(number);
            case Integer number -> number(number);
            case BigDecimal number -> decimal(number, 2);
            default -> argument;
        };
    }

    /** 22 Nov 2026, 03:11. */
    public String dateTime(Instant instant) {
        return formatted("d MMM yyyy, HH:mm", instant);
    }

    /** 22 Nov 2026, 03:11:08. */
    public String second(Instant instant) {
        return formatted("d MMM yyyy, HH:mm:ss", instant);
    }

    /** 03:11 today, else 22 Nov, with the year when it is another one. */
    public String at(Instant instant) {
        LocalDate day = instant.atZone(zone).toLocalDate();
        LocalDate today = now().atZone(zone).toLocalDate();
        if (day.equals(today)) {
            return formatted("HH:mm", instant);
        }
        return formatted(day.getYear() == today.getYear() ? "d MMM, HH:mm" : "d MMM yyyy", instant);
    }

    public String date(LocalDate day) {
        return pattern("d MMM yyyy").format(day);
    }

    /** "14 min ago" under a day, then the date. */
    public String ago(Instant instant) {
        Duration age = Duration.between(instant, now());
        if (age.isNegative() || age.toSeconds() < 1) {
            return say("frame.now");
        }
        if (age.toHours() < 24) {
            return say("frame.ago", duration(age));
        }
        boolean sameYear = instant.atZone(zone).getYear() == now().atZone(zone).getYear();
        return formatted(sameYear ? "d MMM" : "d MMM yyyy", instant);
    }

    /** The largest unit that says enough: 8 s, 1 min 48 s, 14 min, 3 h 5 min, 12 days. */
    public String duration(Duration length) {
        long s = Math.max(0, length.toSeconds());
        if (s < 60) {
            return s + " s";
        }
        if (s < 600) {
            return s / 60 + " min" + (s % 60 == 0 ? "" : " " + s % 60 + " s");
        }
        if (s < 3600) {
            return s / 60 + " min";
        }
        if (s < 86_400) {
            return s / 3600 + " h" + (s / 60 % 60 == 0 ? "" : " " + s / 60 % 60 + " min");
        }
        return s < 172_800 ? say("frame.day") : say("frame.days", s / 86_400);
    }

    /** 10 000 with a narrow space. */
    public String number(long number) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale);
        symbols.setGroupingSeparator('\u202f');
        String text = new DecimalFormat("#,##0", symbols).format(number);
        return Math.abs(number) < 10_000 ? text.replace("\u202f", "") : text;
    }

    public String decimal(BigDecimal number, int places) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale);
        symbols.setGroupingSeparator('\u202f');
        DecimalFormat format = new DecimalFormat("#,##0", symbols);
        format.setMinimumFractionDigits(places);
        format.setMaximumFractionDigits(places);
        format.setRoundingMode(RoundingMode.HALF_EVEN);
        return format.format(number);
    }

    /** Bytes in the unit that leaves one to three digits before the point: 11.2 GB. */
    public String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (Math.abs(amount) >= 1024 && unit < BINARY.size() - 1) {
            amount /= 1024;
            unit++;
        }
        boolean whole = amount == Math.rint(amount) || amount >= 100;
        return (whole ? number(Math.round(amount)) : decimal(BigDecimal.valueOf(amount), 1))
                + " "
                + BINARY.get(unit);
    }

    public String gibibytes(long gib) {
        return bytes(gib << 30);
    }

    public String mebibytes(long mib) {
        return bytes(mib << 20);
    }

    private String formatted(String pattern, Instant instant) {
        return pattern(pattern).format(instant.atZone(zone));
    }

    /** A list of fifty rows asks a hundred times; the patterns are a handful. */
    private DateTimeFormatter pattern(String pattern) {
        return PATTERNS.computeIfAbsent(
                locale.toLanguageTag() + " " + pattern,
                _ -> DateTimeFormatter.ofPattern(pattern, locale));
    }
}

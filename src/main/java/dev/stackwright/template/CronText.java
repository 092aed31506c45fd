package dev.stackwright.template;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a text is a cron expression: five fields, or six with seconds at the end, or one of the
 * names such as {@code @daily}. Ranges, steps, names of months and days, the last day of a month
 * and the n-th weekday are understood, as Heat's library does.
 */
final class CronText {

    private static final Set<String> NAMES =
            Set.of("@midnight", "@hourly", "@daily", "@weekly", "@monthly", "@yearly", "@annually");
    private static final Map<String, Integer> MONTHS =
            numbered(1, "jan feb mar apr may jun jul aug sep oct nov dec");
    private static final Map<String, Integer> DAYS = numbered(0, "sun mon tue wed thu fri sat");
    private static final List<Field> FIELDS =
            List.of(
                    new Field(0, 59, Map.of()),
                    new Field(0, 23, Map.of()),
                    new Field(1, 31, Map.of()),
                    new Field(1, 12, MONTHS),
                    new Field(0, 7, DAYS),
                    new Field(0, 59, Map.of()));
    private static final int DAY_OF_MONTH = 2;
    private static final int DAY_OF_WEEK = 4;

    private static final Pattern RANDOM =
            Pattern.compile("r(?:\\([0-9]{1,2}-[0-9]{1,2}\\))?(?:/[0-9]*[1-9][0-9]*)?");
    private static final Pattern WEEKDAY = Pattern.compile("(\\w+)#([1-5])|l([0-9])");
    private static final Pattern RANGE =
            Pattern.compile("([^-]+)-([^-/]+)(?:/([0-9]*[1-9][0-9]*))?");
    private static final Pattern STEP = Pattern.compile("([^/]+)/([0-9]+)");

    private record Field(int least, int most, Map<String, Integer> words) {}

    private CronText() {}

    static boolean isCron(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        if (NAMES.contains(folded)) {
            return true;
        }
        String[] fields = folded.strip().split("\\s+", 8);
        if (fields.length != 5 && fields.length != 6) {
            return false;
        }
        for (int i = 0; i < fields.length; i++) {
            if (!field(i, fields[i], fields.length)) {
                return false;
            }
        }
        return true;
    }

    private static boolean field(int index, String written, int fields) {
        if (RANDOM.matcher(written).matches()) {
            return true;
        }
        var plain = new HashSet<Integer>();
        var counted = new HashSet<Integer>();
        for (String part : written.split(",", -1)) {
            if (!part(index, part, fields, plain, counted)) {
                return false;
            }
        }
        plain.removeAll(counted);
        return counted.isEmpty() || plain.isEmpty(); // Monday and every second Tuesday: no
    }

    private static boolean part(
            int index, String part, int fields, Set<Integer> plain, Set<Integer> counted) {
        var weekday = WEEKDAY.matcher(part);
        boolean nth = index == DAY_OF_WEEK && weekday.matches();
        String value = part;
        if (nth) {
            value = weekday.group(3) == null ? weekday.group(1) : weekday.group(3);
        }
        if (value.equals("*") || (index == DAY_OF_MONTH && value.equals("l"))) {
            return true;
        }
        var field = FIELDS.get(index);
        boolean zeroIsFirst = index == DAY_OF_MONTH && fields == 6;
        int least = zeroIsFirst ? 0 : field.least();
        var range = RANGE.matcher(stepped(field, value));
        if (range.matches()) {
            return range(
                    index, field, least, range.group(1), range.group(2), nth ? counted : plain);
        }
        int number = number(field, value);
        (nth ? counted : plain).add(number);
        return number >= least && number <= field.most();
    }

    /** A step counts from its beginning to the end of the field. */
    private static String stepped(Field field, String value) {
        var step = STEP.matcher(value);
        if (!step.matches() || step.group(1).contains("-")) {
            return value;
        }
        String from = step.group(1).equals("*") ? String.valueOf(field.least()) : step.group(1);
        return from + "-" + field.most() + "/" + step.group(2);
    }

    private static boolean range(
            int index, Field field, int least, String from, String to, Set<Integer> days) {
        int low = number(field, from);
        int high = index == DAY_OF_MONTH && to.equals("l") ? 31 : number(field, to);
        if (index == DAY_OF_WEEK && low > high && high == 0) {
            high = 7; // until Sunday
        }
        if (low < least || high < low || high > field.most()) {
            return false;
        }
        for (int day = low; day <= high; day++) {
            days.add(day);
        }
        return true;
    }

    /** The number, or -1 when it is none. */
    private static int number(Field field, String value) {
        if (value.length() <= 3 && !value.isEmpty() && value.chars().allMatch(CronText::isDigit)) {
            return Integer.parseInt(value);
        }
        return field.words().getOrDefault(value, -1);
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private static Map<String, Integer> numbered(int first, String words) {
        var names = Arrays.asList(words.split(" "));
        return names.stream()
                .collect(
                        java.util.stream.Collectors.toUnmodifiableMap(
                                name -> name, name -> first + names.indexOf(name)));
    }
}

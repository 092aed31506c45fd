package dev.stackwright.inventory.store;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How names, ids and addresses are written down to be found, and how what is typed is read. */
public final class SearchText {

    private static final int LONGEST = 64;
    private static final int MOST_WORDS = 8;
    private static final Pattern WORD = Pattern.compile("(?<![\\p{L}\\p{N}])[\\p{L}\\p{N}]");
    private static final Pattern MAC = Pattern.compile("(?:[0-9a-f]{2}-){2,5}[0-9a-f]{0,2}");

    private SearchText() {}

    /** In lower case and not too long. */
    public static String term(String text) {
        return Text.storable(text.strip().toLowerCase(Locale.ROOT), LONGEST);
    }

    /**
     * The whole name, and what is left of it from each further word on: a beginning of any of them
     * finds {@code shop-web-1} by "web".
     */
    public static Set<String> words(String name) {
        var terms = new LinkedHashSet<String>();
        var whole = name.strip().toLowerCase(Locale.ROOT);
        if (!whole.isEmpty()) {
            terms.add(term(whole));
        }
        var words = WORD.matcher(whole);
        while (terms.size() < MOST_WORDS && words.find()) {
            terms.add(term(whole.substring(words.start())));
        }
        return terms;
    }

    /** What somebody typed, as it would be written down; a MAC address with dashes has colons. */
    static String asked(String text) {
        var term = term(text);
        return MAC.matcher(term).matches() ? term.replace('-', ':') : term;
    }
}

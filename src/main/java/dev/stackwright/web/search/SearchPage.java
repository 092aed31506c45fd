package dev.stackwright.web.search;

import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search came upon. */
record SearchPage(String text, Words lead, List<Hit> hits, List<More> more) {

    /**
     * One thing.
     *
     * @param kind what it is: "Volume"
     * @param exact whether its name, id or address is just what was asked for
     */
    record Hit(
            String icon,
            String name,
            Words kind,
            @Nullable Status status,
            String href,
            boolean exact) {}

    /** A list that has more of them. */
    record More(Words label, String href) {}
}

package dev.stackwright.web.frame;

import java.util.Optional;

/**
 * One entry of the side navigation. A panel contributes a bean; entries are ordered by group, then
 * by {@link #order}.
 */
public interface NavigationItem {

    /** What people do there. Only administrators see {@link #CLOUD}. */
    enum Group {
        HOME,
        ORCHESTRATE,
        OPERATE,
        STORAGE,
        NETWORK,
        METER,
        RECORD,
        CLOUD
    }

    /** What stands at the right of an entry: how many, or that something in there is down. */
    record Mark(long count, boolean down) {

        public static Mark of(long count) {
            return new Mark(count, false);
        }
    }

    Group group();

    int order();

    /** Key of the label in the message files. */
    String label();

    /** A symbol of the sprite. */
    String icon();

    /** Path below the project, for example "stacks"; below the cloud's admin in group CLOUD. */
    String path();

    /** Asked for on each page: one cheap query at most. */
    default Optional<Mark> mark(Visit visit) {
        return Optional.empty();
    }
}

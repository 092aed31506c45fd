package dev.stackwright.web.frame;

import java.util.List;

/**
 * What can be done to many things of a list at once. As {@code atOnce} beside a {@link ListPage} it
 * gives each row a tick and the list the buttons; the page at {@code href} gets {@code deed} and
 * the {@code id}s, and asks before anything is done.
 */
public record AtOnce(String href, List<Deed> deeds) {

    public AtOnce {
        deeds = List.copyOf(deeds);
    }
}

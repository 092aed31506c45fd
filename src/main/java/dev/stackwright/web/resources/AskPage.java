package dev.stackwright.web.resources;

import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks before something is done: what is lost, or what has to be filled in.
 *
 * @param name of the thing, empty while it is to be made
 * @param trouble what the cloud said to the last try
 * @param unable why it cannot be done, null when it can
 */
record AskPage(
        Words title,
        Words heading,
        Words lead,
        String name,
        List<Field> fields,
        @Nullable Words trouble,
        @Nullable Words unable,
        Words go,
        Words keep,
        boolean danger,
        String post,
        String back,
        String list,
        Words listHeading) {}

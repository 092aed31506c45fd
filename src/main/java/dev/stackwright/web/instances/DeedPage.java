package dev.stackwright.web.instances;

import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks what has to be said before something is done to an instance.
 *
 * @param trouble what the cloud said when it was tried, null when it was not
 * @param unable why it cannot be done, null when it can
 */
record DeedPage(
        String name,
        Words label,
        Words lead,
        List<Field> fields,
        @Nullable Words trouble,
        @Nullable Words unable,
        boolean danger,
        String post,
        String instance,
        String list) {}

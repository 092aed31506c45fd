package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Service;
import java.util.Map;
import java.util.Set;

/**
 * A type that is plain create, show, update and delete on a REST collection, as data.
 *
 * @param type its name in templates
 * @param path of the collection: {@code /networks}
 * @param one the key around a single object
 * @param many the key around a list of them
 * @param update the method that changes one
 * @param nameable whether the service has a name for it
 * @param renamed property to field, where they differ
 * @param resolved property to the kind of thing that it names
 * @param left properties that are not sent as they are
 */
record RestType(
        String type,
        Service service,
        String path,
        String one,
        String many,
        boolean nameable,
        Map<String, String> renamed,
        Map<String, String> resolved,
        Set<String> left) {}

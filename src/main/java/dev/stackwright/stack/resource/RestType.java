package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A type that is plain create, show, update and delete on a REST collection, as data.
 *
 * @param type its name in templates
 * @param path of the collection: {@code /networks}; {@code /qos/policies/{policy}/rules} takes the
 *     id from a property
 * @param listed the path that lists them with all fields, where it is another one
 * @param one the key around a single object
 * @param many the key around a list of them
 * @param query what a list must be asked with to hold them all
 * @param update the method that changes one
 * @param nameable whether the service has a name for it
 * @param mark how one of ours is told from others when the answer to its making was lost
 * @param renamed property to field, where they differ
 * @param resolved property to the kind of thing that it names
 * @param left properties that are not sent as they are
 * @param onlyTrue properties that are sent only when they are true: saying false is for
 *     administrators
 */
record RestType(
        String type,
        Service service,
        String path,
        String listed,
        String one,
        String many,
        Map<String, String> query,
        Request.Method update,
        boolean nameable,
        Mark mark,
        Map<String, String> renamed,
        Map<String, String> resolved,
        Set<String> left,
        Set<String> onlyTrue) {

    /** How one of ours is told from others. */
    enum Mark {
        /** Its description carries the mark from the very call that makes it. */
        DESCRIPTION,
        /** There is no room for a mark: it is the one like ours that was not there before. */
        NEWCOMER
    }

    static RestType of(String type, Service service, String path, String one, String many) {
        return new RestType(
                type,
                service,
                path,
                path,
                one,
                many,
                Map.of(),
                Request.Method.PUT,
                true,
                Mark.DESCRIPTION,
                Map.of(),
                Map.of(),
                Set.of(),
                Set.of());
    }

    /** Property and field, in turns. */
    RestType renamed(String... pairs) {
        return with(
                listed,
                query,
                update,
                nameable,
                mark,
                joined(renamed, pairs),
                resolved,
                left,
                onlyTrue);
    }

    /** Property and kind, in turns. */
    RestType resolved(String... pairs) {
        return with(
                listed,
                query,
                update,
                nameable,
                mark,
                renamed,
                joined(resolved, pairs),
                left,
                onlyTrue);
    }

    /** Properties that name another object by its id: as {@code network} becomes network_id. */
    RestType refers(String... pairs) {
        var both = this;
        for (int i = 0; i < pairs.length; i += 2) {
            both = both.renamed(pairs[i], pairs[i] + "_id").resolved(pairs[i], pairs[i + 1]);
        }
        return both;
    }

    RestType left(String... properties) {
        var all = new LinkedHashSet<>(left);
        all.addAll(List.of(properties));
        return with(listed, query, update, nameable, mark, renamed, resolved, all, onlyTrue);
    }

    RestType onlyTrue(String... properties) {
        return with(
                listed, query, update, nameable, mark, renamed, resolved, left, Set.of(properties));
    }

    RestType unnamed() {
        return with(listed, query, update, false, mark, renamed, resolved, left, onlyTrue);
    }

    RestType patched() {
        return with(
                listed,
                query,
                Request.Method.PATCH,
                nameable,
                mark,
                renamed,
                resolved,
                left,
                onlyTrue);
    }

    RestType unmarked() {
        return with(
                listed, query, update, nameable, Mark.NEWCOMER, renamed, resolved, left, onlyTrue);
    }

    RestType listed(String path, String... pairs) {
        return with(
                path,
                joined(query, pairs),
                update,
                nameable,
                mark,
                renamed,
                resolved,
                left,
                onlyTrue);
    }

    private RestType with(
            String listed,
            Map<String, String> query,
            Request.Method update,
            boolean nameable,
            Mark mark,
            Map<String, String> renamed,
            Map<String, String> resolved,
            Set<String> left,
            Set<String> onlyTrue) {
        return new RestType(
                type, service, path, listed, one, many, query, update, nameable, mark, renamed,
                resolved, left, onlyTrue);
    }

    private static Map<String, String> joined(Map<String, String> map, String... pairs) {
        var all = new LinkedHashMap<>(map);
        for (int i = 0; i < pairs.length; i += 2) {
            all.put(pairs[i], pairs[i + 1]);
        }
        return all;
    }
}

package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import java.util.Map;

/**
 * One list of a service: every object of a type with all its fields.
 *
 * @param key around the list
 * @param microversion empty where the oldest tells enough
 */
public record Listing(
        Service service, String path, String key, Map<String, String> query, String microversion) {

    static Listing of(Service service, String path, String key) {
        return new Listing(service, path, key, Map.of(), "");
    }

    static Listing of(Service service, String path, String key, String microversion) {
        return new Listing(service, path, key, Map.of(), microversion);
    }

    public Request request() {
        var request = Request.get(service, path);
        for (var one : query.entrySet()) {
            request = request.query(one.getKey(), one.getValue());
        }
        return microversion.isEmpty() ? request : request.microversion(microversion);
    }
}

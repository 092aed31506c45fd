package dev.stackwright.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openstack4j.core.transport.ObjectMapperSingleton;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tokens as OpenStack4j wants them. Its class can only be filled from JSON, so that is what we give
 * it, once per token: reading a catalog takes most of a millisecond.
 */
final class OpenStack4jTokens {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Cache<String, KeystoneToken> known =
            Caffeine.newBuilder()
                    .maximumSize(1000)
                    .expireAfterAccess(Duration.ofMinutes(10))
                    .build();

    KeystoneToken of(Token token) {
        return known.get(token.id(), _ -> read(token));
    }

    private static KeystoneToken read(Token token) {
        try {
            KeystoneToken made =
                    ObjectMapperSingleton.getContext(KeystoneToken.class)
                            .readerFor(KeystoneToken.class)
                            .readValue(JSON.writeValueAsString(Map.of("token", fields(token))));
            made.setId(token.id());
            return made;
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("OpenStack4j cannot read " + token, broken);
        }
    }

    private static Map<String, Object> fields(Token token) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("user", Map.of("id", token.user().value(), "name", token.userName()));
        fields.put("catalog", catalog(token.catalog()));
        return fields;
    }

    private static List<Map<String, Object>> catalog(List<Endpoint> lines) {
        return lines.stream()
                .map(line ->
                        Map.<String, Object>of(
                                "type",
                                line.type(),
                                "name",
                                line.name() == null ? line.type() : line.name(),
                                "endpoints",
                                List.of(endpoint(line))))
                .toList();
    }

    private static Map<String, Object> endpoint(Endpoint line) {
        var endpoint = new LinkedHashMap<String, Object>();
        endpoint.put("interface", line.facing());
        endpoint.put("url", line.url());
        endpoint.put("region", line.region());
        endpoint.put("region_id", line.region());
        return endpoint;
    }
}

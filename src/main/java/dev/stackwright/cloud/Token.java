package dev.stackwright.cloud;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Keystone gave for credentials: who somebody is, in which project, with which roles, until
 * when. The id is as good as the password and is never printed.
 *
 * @param issued when Keystone made it
 * @param catalog empty while the token has no project
 */
public record Token(
        String id,
        CloudName cloud,
        UserId user,
        String userName,
        @Nullable String userDomainId,
        @Nullable ProjectId project,
        @Nullable String projectName,
        Set<String> roles,
        Instant issued,
        Instant expires,
        List<Endpoint> catalog) {

    public Token {
        roles = Set.copyOf(roles);
        catalog = List.copyOf(catalog);
    }

    /**
     * Everything about this token as one secret text, to be sealed and stored; see {@link #read}.
     */
    public String write() {
        return TokenText.write(this);
    }

    /** The token that {@link #write} wrote. */
    public static Token read(String secret) {
        return TokenText.read(secret);
    }

    @Override
    public String toString() {
        return "Token[%s of %s, project %s, until %s]".formatted(userName, cloud, project, expires);
    }
}

package dev.stackwright.cloud;

import org.jspecify.annotations.Nullable;

/** With what somebody signs in to a cloud. No form of it prints its secret. */
public sealed interface Credentials {

    /** A user's name within a domain, and the password. */
    record Password(String userName, Domain domain, String password) implements Credentials {
        @Override
        public String toString() {
            return "Password[" + userName + " of " + domain + "]";
        }
    }

    /** A user by id, and the password. */
    record PasswordOfId(String userId, String password) implements Credentials {
        @Override
        public String toString() {
            return "Password[" + userId + "]";
        }
    }

    /** An application credential; it carries its own project, so it is used unscoped. */
    record ApplicationCredential(String id, String secret) implements Credentials {
        @Override
        public String toString() {
            return "ApplicationCredential[" + id + "]";
        }
    }

    /** An application credential by the name that its user gave it. */
    record NamedApplicationCredential(
            String name,
            @Nullable String userId,
            @Nullable String userName,
            @Nullable Domain domain,
            String secret)
            implements Credentials {
        @Override
        public String toString() {
            return "ApplicationCredential["
                    + name
                    + " of "
                    + (userId == null ? userName : userId)
                    + "]";
        }
    }

    /** A token that somebody holds already. */
    record ExistingToken(Token token) implements Credentials {}

    /** The user's domain, by name or by id. */
    record Domain(@Nullable String id, @Nullable String name) {

        public Domain {
            if ((id == null) == (name == null)) {
                throw new IllegalArgumentException("A domain has either an id or a name here");
            }
        }

        public static Domain named(String name) {
            return new Domain(null, name);
        }

        public static Domain ofId(String id) {
            return new Domain(id, null);
        }

        @Override
        public String toString() {
            return id == null ? "domain " + name : "domain id " + id;
        }
    }
}

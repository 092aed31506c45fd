package dev.stackwright.cloud;

import org.jspecify.annotations.Nullable;

/** Keystone did not let somebody in; {@link #reason()} says why, as far as it can be told. */
public final class AuthenticationFailure extends CloudFailure {

    private static final long serialVersionUID = 1L;

    /** Why there is no token. */
    public enum Reason {
        /** User or password is wrong; Keystone never says which. */
        WRONG_CREDENTIALS,
        UNKNOWN_DOMAIN,
        /**
         * The person is who they say, but has no role in the project, or there is no such project.
         */
        NO_ROLE_IN_PROJECT,
        PASSWORD_EXPIRED,
        /** The cloud wants another factor than the one given. */
        MORE_FACTORS,
        /** A token that was good once is not any more. */
        TOKEN_EXPIRED
    }

    private final Reason reason;

    public AuthenticationFailure(
            Reason reason, int status, String said, @Nullable String requestId) {
        super(Kind.UNAUTHORIZED, Service.IDENTITY, status, said, requestId, null, null);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

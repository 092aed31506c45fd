package dev.stackwright.cloud;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One OpenStack cloud in one region. Safe for any number of threads and users at once. */
public interface Cloud {

    CloudName name();

    /** What people call it. */
    String label();

    /** Whether it is the one that Stackwright makes up by itself. */
    boolean demo();

    /**
     * Signs somebody in.
     *
     * @throws AuthenticationFailure when Keystone refuses
     * @throws CloudFailure when there is no Keystone to ask
     */
    Token authenticate(Credentials credentials, Scope scope);

    /** A token of the same person for one project. */
    Token rescope(Token token, ProjectId project);

    /** The projects that the token's user may enter, by name. */
    List<CloudProject> projectsOf(Token token);

    /** Ends a token; one that has ended already is fine too. */
    void revoke(Token token);

    /** Asks Keystone about a token now: the same token with today's roles. */
    Token validate(Token token);

    /** The account that collects for everybody; empty when none is configured. */
    Optional<Account> serviceAccount();

    /**
     * An account for credentials that somebody left with us; the same one for the same credentials.
     */
    Account account(Credentials credentials, Scope scope);

    /**
     * Lends out this cloud as the token's owner sees it. Calls within calls are fine with the same
     * token; with another one they are refused.
     */
    <T> T as(Token token, Function<OpenStack, T> work);
}

package dev.stackwright.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of an attempt to sign in. */
public sealed interface SignInOutcome {

    record SignedIn(Person person) implements SignInOutcome {}

    /** User or password is wrong; Keystone never says which, and neither do we. */
    record WrongPassword() implements SignInOutcome {}

    record UnknownDomain(String domain) implements SignInOutcome {}

    record PasswordExpired() implements SignInOutcome {}

    /** The cloud asks for more than a password. */
    record MoreFactors() implements SignInOutcome {}

    /** The person is who they say, but may enter no project. */
    record NoProject(String user) implements SignInOutcome {}

    /** Too many wrong passwords; nothing was asked of the cloud. */
    record Throttled(Duration pause) implements SignInOutcome {}

    /** Keystone did not answer, or answered that it cannot. */
    record CloudDown(@Nullable String said) implements SignInOutcome {}

    /** Something answered, but it is no OpenStack. */
    record NotOpenStack() implements SignInOutcome {}

    record UnknownCloud() implements SignInOutcome {}
}

package dev.stackwright.access;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people come in and how long they stay.
 *
 * @param keyFile where the vault's keys are; made on the first start, readable by its owner alone.
 *     Replicas share one file. Whoever has it and the database can read tokens
 * @param idle how long somebody may do nothing before they are signed out
 * @param longest how long a sign-in lasts at most; the cloud's own token may end it sooner
 * @param recheck how often Keystone is asked whether roles are still as they were
 * @param unchecked how long a sign-in outlasts a Keystone that cannot be asked
 * @param attempts wrong passwords for one account within {@code window} before it has to wait
 * @param attemptsFromAddress wrong passwords from one address within {@code window}
 * @param window how long wrong passwords are remembered
 * @param projectsAtOnce for how many of a person's projects a token is fetched at sign-in; the
 *     others follow when they are entered
 */
@ConfigurationProperties("stackwright.access")
public record AccessSettings(
        @DefaultValue("./data/vault.keys") Path keyFile,
        @DefaultValue("60m") Duration idle,
        @DefaultValue("12h") Duration longest,
        @DefaultValue("5m") Duration recheck,
        @DefaultValue("30m") Duration unchecked,
        @DefaultValue("10") int attempts,
        @DefaultValue("50") int attemptsFromAddress,
        @DefaultValue("15m") Duration window,
        @DefaultValue("16") int projectsAtOnce) {

    public AccessSettings {
        positive("idle", idle);
        positive("longest", longest);
        positive("recheck", recheck);
        positive("unchecked", unchecked);
        positive("window", window);
        if (attempts < 1 || attemptsFromAddress < 1) {
            throw new IllegalArgumentException(
                    "stackwright.access.attempts: nobody could sign in without an attempt");
        }
        if (projectsAtOnce < 1) {
            throw new IllegalArgumentException(
                    "stackwright.access.projects-at-once: at least one project is entered");
        }
        if (unchecked.compareTo(recheck) < 0) {
            throw new IllegalArgumentException(
                    "stackwright.access.unchecked is shorter than stackwright.access.recheck:"
                            + " everybody would be signed out between two checks");
        }
    }

    private static void positive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(
                    "stackwright.access." + name + " is a length of time above zero");
        }
    }
}

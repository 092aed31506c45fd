package dev.stackwright.access;

import dev.stackwright.access.SignInOutcome.CloudDown;
import dev.stackwright.access.SignInOutcome.MoreFactors;
import dev.stackwright.access.SignInOutcome.NoProject;
import dev.stackwright.access.SignInOutcome.NotOpenStack;
import dev.stackwright.access.SignInOutcome.PasswordExpired;
import dev.stackwright.access.SignInOutcome.SignedIn;
import dev.stackwright.access.SignInOutcome.Throttled;
import dev.stackwright.access.SignInOutcome.UnknownCloud;
import dev.stackwright.access.SignInOutcome.UnknownDomain;
import dev.stackwright.access.SignInOutcome.WrongPassword;
import dev.stackwright.access.store.WrongPasswordStore;
import dev.stackwright.cloud.AuthenticationFailure;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.CloudProject;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Credentials;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Scope;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.Token;
import dev.stackwright.kernel.CloudName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets people in. Keystone decides who somebody is and what they may enter; a password is passed on
 * and forgotten.
 */
@Component
public class SignIns {

    private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);

    private final Clouds clouds;
    private final Sessions sessions;
    private final Throttle throttle;

    public SignIns(
            Clouds clouds,
            Sessions sessions,
            WrongPasswordStore wrongPasswords,
            AccessSettings settings,
            Clock clock) {
        this.clouds = clouds;
        this.sessions = sessions;
        this.throttle =
                new Throttle(
                        wrongPasswords,
                        clock,
                        settings.window(),
                        settings.attempts(),
                        settings.attemptsFromAddress());
    }

    /** One attempt, from an address as far as it is known. */
    public SignInOutcome signIn(
            CloudName cloudName, String domain, String user, String password, String address) {
        Optional<Cloud> known = clouds.find(cloudName);
        if (known.isEmpty()) {
            return new UnknownCloud();
        }
        Cloud cloud = known.get();
        String account = (cloudName + "\n" + domain + "\n" + user).toLowerCase(Locale.ROOT);
        Optional<Duration> wait = throttle.wait(account, address);
        if (wait.isPresent()) {
            return new Throttled(wait.get());
        }
        try {
            Token token =
                    cloud.authenticate(
                            new Credentials.Password(
                                    user, Credentials.Domain.named(domain), password),
                            Scope.UNSCOPED);
            throttle.right(account);
            return enter(cloud, token, domain);
        } catch (AuthenticationFailure e) {
            return refused(e, cloud, domain, account, address);
        } catch (CloudFailure e) {
            LOG.warn("Nobody can sign in to {}: {}", cloudName, e.getMessage());
            return switch (e.kind()) {
                case NOT_OPENSTACK -> new NotOpenStack();
                case UNREACHABLE, TIMEOUT -> new CloudDown(null);
                default -> new CloudDown(e.said());
            };
        }
    }

    private SignInOutcome enter(Cloud cloud, Token token, String domain) {
        List<CloudProject> projects =
                cloud.projectsOf(token).stream().filter(CloudProject::enabled).toList();
        if (projects.isEmpty()) {
            cloud.revoke(token);
            return new NoProject(token.userName());
        }
        return new SignedIn(sessions.begin(cloud, token, domain, projects));
    }

    private SignInOutcome refused(
            AuthenticationFailure e, Cloud cloud, String domain, String account, String address) {
        return switch (e.reason()) {
            case WRONG_CREDENTIALS, TOKEN_EXPIRED -> {
                throttle.wrong(account, address);
                yield isUnknown(cloud, domain) ? new UnknownDomain(domain) : new WrongPassword();
            }
            case UNKNOWN_DOMAIN -> {
                throttle.wrong(account, address);
                yield new UnknownDomain(domain);
            }
            case NO_ROLE_IN_PROJECT -> new NoProject("");
            case PASSWORD_EXPIRED -> new PasswordExpired();
            case MORE_FACTORS -> new MoreFactors();
        };
    }

    /** Keystone answers the same for a wrong domain and a wrong password; the collector may ask. */
    private static boolean isUnknown(Cloud cloud, String domain) {
        try {
            return cloud.serviceAccount()
                    .map(account ->
                            account.as(os ->
                                    os.list(
                                                    Request.get(Service.IDENTITY, "/domains")
                                                            .query("name", domain),
                                                    "domains")
                                            .isEmpty()))
                    .orElse(false);
        } catch (CloudFailure e) {
            // An account that may not list domains: the usual sentence will do.
            return false;
        }
    }
}

package dev.stackwright.web.setup;

import dev.stackwright.cloud.Account;
import dev.stackwright.cloud.AuthenticationFailure;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.Token;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/** Signs the service account in anew and tries what the collector will ask for. */
@Component
class CloudCheck implements Check {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Words KEYSTONE = Words.of("setup.keystone");
    private static final Words ACCOUNT = Words.of("setup.account");

    private final Clouds clouds;

    CloudCheck(Clouds clouds) {
        this.clouds = clouds;
    }

    /** Something the collector reads for everybody. */
    private record Right(String key, Request request) {}

    private static final List<Right> RIGHTS =
            List.of(
                    new Right("projects", Request.get(Service.IDENTITY, "/projects")),
                    new Right("users", Request.get(Service.IDENTITY, "/users")),
                    new Right(
                            "servers",
                            Request.get(Service.COMPUTE, "/servers")
                                    .query("all_tenants", "1")
                                    .query("limit", 1)),
                    new Right("hosts", Request.get(Service.COMPUTE, "/os-hypervisors")),
                    new Right("computes", Request.get(Service.COMPUTE, "/os-services")),
                    new Right(
                            "volumes",
                            Request.get(Service.VOLUME, "/volumes")
                                    .query("all_tenants", "1")
                                    .query("limit", 1)),
                    new Right("cinders", Request.get(Service.VOLUME, "/os-services")),
                    new Right(
                            "networks",
                            Request.get(Service.NETWORK, "/networks").query("limit", 1)),
                    new Right("agents", Request.get(Service.NETWORK, "/agents").query("limit", 1)),
                    new Right("images", Request.get(Service.IMAGE, "/images").query("limit", 1)),
                    new Right("placement", Request.get(Service.PLACEMENT, "/resource_providers")));

    @Override
    public int order() {
        return 1;
    }

    @Override
    public List<Finding> check(CloudName name) {
        var account = clouds.find(name).flatMap(cloud -> cloud.serviceAccount());
        if (account.isEmpty()) {
            return List.of(
                    Finding.fine(KEYSTONE, "setup.keystone.people"),
                    Finding.broken(ACCOUNT, "setup.account.none"));
        }
        try {
            account.get().forget();
            var token = account.get().token();
            var findings = new ArrayList<Finding>();
            findings.add(signedIn(token));
            findings.addAll(rights(account.get()));
            return findings;
        } catch (AuthenticationFailure refused) {
            return List.of(
                    Finding.fine(KEYSTONE, "setup.keystone.fine"),
                    Finding.broken(
                            ACCOUNT, "setup.account." + reason(refused), refused.getMessage()));
        } catch (CloudFailure away) {
            return List.of(
                    Finding.broken(
                            KEYSTONE,
                            "setup.keystone." + (nobody(away) ? "away" : "strange"),
                            away.getMessage()));
        }
    }

    private static Finding signedIn(Token token) {
        var project = token.projectName() == null ? "–" : token.projectName();
        var roles = String.join(", ", token.roles().stream().sorted().toList());
        return token.roles().contains("admin")
                ? Finding.fine(ACCOUNT, "setup.account.fine", token.userName(), project, roles)
                : Finding.worth(ACCOUNT, "setup.account.plain", token.userName(), project, roles);
    }

    private static String reason(AuthenticationFailure refused) {
        return switch (refused.reason()) {
            case NO_ROLE_IN_PROJECT -> "norole";
            case PASSWORD_EXPIRED -> "expired";
            case MORE_FACTORS -> "factors";
            case WRONG_CREDENTIALS, UNKNOWN_DOMAIN, TOKEN_EXPIRED -> "refused";
        };
    }

    private static boolean nobody(CloudFailure failure) {
        return switch (failure.kind()) {
            case UNREACHABLE, TIMEOUT -> true;
            default -> false;
        };
    }

    /** All at once: an operator waits for this page. */
    private static List<Finding> rights(Account account) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tried =
                    threads.invokeAll(
                            RIGHTS.stream()
                                    .<Callable<Optional<CloudFailure>>>map(
                                            right -> () -> tried(account, right))
                                    .toList());
            var findings = new ArrayList<Finding>();
            for (var service : Service.values()) {
                var failures = new ArrayList<Words>();
                var asked = false;
                CloudFailure worst = null;
                for (var i = 0; i < RIGHTS.size(); i++) {
                    if (RIGHTS.get(i).request().service() == service) {
                        asked = true;
                        var failure = tried.get(i).get();
                        if (failure.isPresent()) {
                            failures.add(Words.of("setup.right." + RIGHTS.get(i).key()));
                            worst = failure.get();
                        }
                    }
                }
                if (asked) {
                    findings.add(
                            worst == null
                                    ? Finding.fine(part(service), "setup.service.fine")
                                    : broken(service, failures, worst));
                }
            }
            return findings;
        } catch (ExecutionException broken) {
            throw new IllegalStateException("A check failed that should answer", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static Optional<CloudFailure> tried(Account account, Right right) {
        try {
            account.as(os -> os.call(right.request().within(PATIENCE)));
            return Optional.empty();
        } catch (CloudFailure failure) {
            return Optional.of(failure);
        }
    }

    private static Words part(Service service) {
        return Words.verbatim(service.project());
    }

    private static Finding broken(Service service, List<Words> what, CloudFailure failure) {
        var key =
                switch (failure.kind()) {
                    case NO_SUCH_SERVICE -> "setup.service.absent";
                    case FORBIDDEN, UNAUTHORIZED -> "setup.service.forbidden";
                    case UNREACHABLE, TIMEOUT -> "setup.service.away";
                    default -> "setup.service.strange";
                };
        var tone =
                failure.kind() == CloudFailure.Kind.FORBIDDEN && what.size() == 1
                        ? Tone.WARN
                        : Tone.BAD;
        var more = what.size() - 1;
        var said =
                key.endsWith("forbidden") && more > 0
                        ? Words.of(
                                key + (more == 1 ? ".two" : ".more"),
                                failure.getMessage(),
                                what.getFirst(),
                                more)
                        : Words.of(key, failure.getMessage(), what.getFirst());
        return new Finding(
                part(service), tone, said, Words.of(key + ".mend", service.types().getFirst()));
    }
}

package dev.stackwright.access;

import dev.stackwright.access.store.SignInStore;
import dev.stackwright.access.store.StoredProject;
import dev.stackwright.access.store.StoredSignIn;
import dev.stackwright.cloud.AuthenticationFailure;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.CloudProject;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.OpenStack;
import dev.stackwright.cloud.Token;
import dev.stackwright.kernel.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Everybody who is signed in, with their tokens: sealed in the database, so that restarts and other
 * replicas know them too.
 */
@Component
public class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /** A person's last request is written down at most this often. */
    private static final Duration SEEN_STEP = Duration.ofMinutes(1);

    private static final int CHECKS_AT_ONCE = 50;

    private final SignInStore store;
    private final Vault vault;
    private final Clouds clouds;
    private final AccessSettings settings;
    private final Clock clock;

    public Sessions(
            SignInStore store, Vault vault, Clouds clouds, AccessSettings settings, Clock clock) {
        this.store = store;
        this.vault = vault;
        this.clouds = clouds;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whoever this sign-in is, unless it has ended. */
    public Optional<Person> find(UUID signIn) {
        return living(signIn).map(Sessions::person);
    }

    /** The same, and the person did something; what a page asks by itself does not count. */
    public Optional<Person> visit(UUID signIn) {
        Instant now = now();
        Optional<StoredSignIn> found = living(signIn);
        found.filter(s -> s.seen().plus(SEEN_STEP).isBefore(now))
                .ifPresent(s -> store.seen(signIn, now));
        return found.map(Sessions::person);
    }

    /**
     * The person's own token for one of their projects.
     *
     * @throws CloudFailure when the project was not entered yet and the cloud does not let them in
     * @throws IllegalArgumentException when it is none of their projects
     */
    public Token token(UUID signIn, ProjectId project) {
        StoredSignIn stored =
                living(signIn)
                        .orElseThrow(() -> new IllegalArgumentException("No sign-in " + signIn));
        StoredProject entered =
                stored.projects().stream()
                        .filter(p -> p.project().equals(project))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "Sign-in " + signIn + " has no project " + project));
        if (entered.token() != null) {
            return open(entered.token(), signIn, project);
        }
        Token token = clouds.get(stored.cloud()).rescope(unscoped(stored), project);
        store.enter(signIn, sealed(signIn, entered.name(), project, token));
        return token;
    }

    /** Does something in the cloud with the person's own token. */
    public <T> T as(UUID signIn, ProjectId project, Function<OpenStack, T> work) {
        Token token = token(signIn, project);
        return clouds.get(token.cloud()).as(token, work);
    }

    /**
     * The person after they entered a project, so that their roles in it are known: at once when it
     * was entered before, else by one question to the cloud. Empty when it is not theirs.
     */
    public Optional<Person> enter(Person person, ProjectId project) {
        Optional<Membership> membership = person.membership(project);
        if (membership.isEmpty() || !membership.get().roles().isEmpty()) {
            return membership.map(_ -> person);
        }
        try {
            Token token = token(person.signIn(), project);
            return token.roles().isEmpty() ? Optional.empty() : find(person.signIn());
        } catch (AuthenticationFailure e) {
            return Optional.empty();
        }
    }

    /** Signs out: the tokens end at the cloud too. */
    public void end(UUID signIn) {
        Optional<StoredSignIn> stored = store.find(signIn);
        store.remove(signIn);
        stored.ifPresent(this::revoke);
    }

    Person begin(Cloud cloud, Token token, String domain, List<CloudProject> projects) {
        UUID id = UUID.randomUUID();
        Instant now = now();
        Instant longest = now.plus(settings.longest());
        Instant ends = token.expires().isBefore(longest) ? token.expires() : longest;
        List<StoredProject> entered = enteredAtOnce(id, cloud, token, projects);
        StoredSignIn stored =
                new StoredSignIn(
                        id,
                        cloud.name(),
                        token.user(),
                        token.userName(),
                        domain,
                        vault.seal(token.write(), context(id, null)),
                        now,
                        ends,
                        now,
                        now,
                        entered);
        store.add(stored, now.plus(settings.recheck()));
        return person(store.find(id).orElse(stored));
    }

    private List<StoredProject> enteredAtOnce(
            UUID id, Cloud cloud, Token token, List<CloudProject> projects) {
        List<StoredProject> entered = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<StoredProject>> first =
                    projects.stream()
                            .limit(settings.projectsAtOnce())
                            .map(p -> threads.submit(() -> entered(id, cloud, token, p)))
                            .toList();
            for (Future<StoredProject> project : first) {
                entered.add(project.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while entering projects", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CloudFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("Projects could not be entered", e.getCause());
        }
        projects.stream()
                .skip(settings.projectsAtOnce())
                .map(p -> new StoredProject(p.id(), p.name(), Set.of(), null))
                .forEach(entered::add);
        return entered;
    }

    private StoredProject entered(UUID id, Cloud cloud, Token token, CloudProject project) {
        try {
            return sealed(id, project.name(), project.id(), cloud.rescope(token, project.id()));
        } catch (AuthenticationFailure e) {
            // It was listed a moment ago; it can be tried again when it is entered.
            return new StoredProject(project.id(), project.name(), Set.of(), null);
        }
    }

    /** Asks Keystone again about everybody who is due; called every few seconds. */
    void checkDue() {
        Instant now = now();
        store.ended(now, now.minus(settings.idle()), now.minus(settings.unchecked()))
                .forEach(this::end);
        store.takeDue(now, now.plus(settings.recheck()), CHECKS_AT_ONCE).forEach(this::check);
    }

    private void check(UUID signIn) {
        Optional<StoredSignIn> found = store.find(signIn);
        if (found.isEmpty()) {
            return;
        }
        StoredSignIn stored = found.get();
        Optional<Cloud> cloud = clouds.find(stored.cloud());
        if (cloud.isEmpty()) {
            store.remove(signIn);
            return;
        }
        try {
            List<StoredProject> projects = today(cloud.get(), stored);
            if (projects.isEmpty()) {
                LOG.info("{} has no project any more and is signed out", stored.name());
                end(signIn);
            } else {
                store.checked(signIn, projects, now());
            }
        } catch (CloudFailure e) {
            if (isRefusal(e)) {
                LOG.info(
                        "Keystone no longer knows the token of {}, who is signed out",
                        stored.name());
                store.remove(signIn);
            } else {
                LOG.warn(
                        "The roles of {} could not be checked, which is tried again: {}",
                        stored.name(),
                        e.getMessage());
            }
        } catch (IllegalStateException e) {
            LOG.warn("The token of {} does not open; they are signed out", stored.name(), e);
            store.remove(signIn);
        }
    }

    private static boolean isRefusal(CloudFailure e) {
        return switch (e.kind()) {
            case UNAUTHORIZED, FORBIDDEN, NOT_FOUND -> true;
            default -> false;
        };
    }

    private List<StoredProject> today(Cloud cloud, StoredSignIn stored) {
        Token unscoped = unscoped(stored);
        List<StoredProject> today = new ArrayList<>();
        for (CloudProject project : cloud.projectsOf(unscoped)) {
            if (project.enabled()) {
                today.add(today(cloud, stored, unscoped, project));
            }
        }
        return today;
    }

    private StoredProject today(
            Cloud cloud, StoredSignIn stored, Token unscoped, CloudProject project) {
        @Nullable StoredProject before =
                stored.projects().stream()
                        .filter(p -> p.project().equals(project.id()))
                        .findFirst()
                        .orElse(null);
        if (before == null || before.token() == null) {
            return new StoredProject(project.id(), project.name(), Set.of(), null);
        }
        try {
            Token now = cloud.validate(open(before.token(), stored.id(), project.id()));
            return sealed(stored.id(), project.name(), project.id(), now);
        } catch (CloudFailure e) {
            if (!isRefusal(e)) {
                throw e;
            }
            // A changed role ends the old token; the person may well get a new one.
            return entered(stored.id(), cloud, unscoped, project);
        }
    }

    private Optional<StoredSignIn> living(UUID signIn) {
        Instant now = now();
        return store.find(signIn)
                .filter(s -> s.ends().isAfter(now))
                .filter(s -> s.seen().plus(settings.idle()).isAfter(now))
                .filter(s -> s.checked().plus(settings.unchecked()).isAfter(now));
    }

    private void revoke(StoredSignIn stored) {
        Optional<Cloud> cloud = clouds.find(stored.cloud());
        if (cloud.isEmpty()) {
            return;
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (StoredProject project : stored.projects()) {
                String sealed = project.token();
                if (sealed != null) {
                    threads.execute(() ->
                            revoke(
                                    cloud.get(),
                                    stored,
                                    () -> open(sealed, stored.id(), project.project())));
                }
            }
            threads.execute(() -> revoke(cloud.get(), stored, () -> unscoped(stored)));
        }
    }

    private static void revoke(Cloud cloud, StoredSignIn stored, Supplier<Token> token) {
        try {
            cloud.revoke(token.get());
        } catch (CloudFailure | IllegalStateException e) {
            LOG.warn(
                    "{} is signed out here, but the cloud did not take a token back; it ends at"
                            + " {}: {}",
                    stored.name(),
                    stored.ends(),
                    e.getMessage());
        }
    }

    private StoredProject sealed(UUID id, String name, ProjectId project, Token token) {
        return new StoredProject(
                project, name, token.roles(), vault.seal(token.write(), context(id, project)));
    }

    private Token unscoped(StoredSignIn stored) {
        return Token.read(vault.open(stored.token(), context(stored.id(), null)));
    }

    private Token open(String sealed, UUID id, ProjectId project) {
        return Token.read(vault.open(sealed, context(id, project)));
    }

    private static String context(UUID id, @Nullable ProjectId project) {
        return "sign_in/" + id + (project == null ? "" : "/" + project);
    }

    private static Person person(StoredSignIn s) {
        return new Person(
                s.id(),
                s.cloud(),
                s.user(),
                s.name(),
                s.domain(),
                s.signedIn(),
                s.ends(),
                s.projects().stream()
                        .map(p -> new Membership(p.project(), p.name(), p.roles()))
                        .toList());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

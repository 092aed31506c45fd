package dev.stackwright.cloud;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openstack4j.api.exceptions.OS4JException;
import org.openstack4j.api.exceptions.ResponseException;
import org.openstack4j.core.transport.Config;
import tools.jackson.databind.json.JsonMapper;

/** A cloud behind its wire. */
final class OpenStackCloud implements Cloud, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Of an account that nobody watches. */
    private static final Duration BACKGROUND_PATIENCE = Duration.ofSeconds(30);

    private final CloudDefinition definition;
    private final Transport transport;
    private final Binding.Behind behind;
    private final Keystone keystone;
    private final Keystone patientKeystone;
    private final Clock clock;
    private final @Nullable KeptAccount service;
    private final Cache<CloudDefinition.SignIn, KeptAccount> accounts =
            Caffeine.newBuilder()
                    .maximumSize(10_000)
                    .expireAfterAccess(Duration.ofHours(1))
                    .build();

    OpenStackCloud(
            CloudDefinition definition,
            CloudSettings settings,
            Clock clock,
            MeterRegistry meters,
            List<CallObserver> observers,
            Transport.Pause pause) {
        this.definition = definition;
        this.clock = clock;
        this.transport = new Transport(definition, settings, meters, observers, pause);
        var endpoints = new Endpoints(definition, transport);
        var config = Config.newConfig().withEndpointURLResolver(endpoints);
        this.behind = new Binding.Behind(endpoints, config, JSON, new OpenStack4jTokens());
        this.keystone = new Keystone(definition, endpoints, config, JSON, settings.signInTimeout());
        this.patientKeystone =
                new Keystone(definition, endpoints, config, JSON, BACKGROUND_PATIENCE);
        var signIn = definition.service();
        this.service =
                signIn == null
                        ? null
                        : new KeptAccount(
                                this,
                                () ->
                                        patientKeystone.authenticate(
                                                signIn.credentials(), signIn.scope(), _ -> false),
                                clock);
    }

    @Override
    public CloudName name() {
        return definition.name();
    }

    @Override
    public String label() {
        return definition.label();
    }

    @Override
    public boolean demo() {
        return definition.demo();
    }

    @Override
    public Token authenticate(Credentials credentials, Scope scope) {
        return keystone.authenticate(credentials, scope, this::surelyLacks);
    }

    @Override
    public Token rescope(Token token, ProjectId project) {
        return authenticate(new Credentials.ExistingToken(token), Scope.project(project));
    }

    @Override
    public List<CloudProject> projectsOf(Token token) {
        return keystone.projectsOf(token);
    }

    @Override
    public void revoke(Token token) {
        keystone.revoke(token);
    }

    @Override
    public Token validate(Token token) {
        return keystone.validate(token);
    }

    @Override
    public Optional<Account> serviceAccount() {
        return Optional.ofNullable(service);
    }

    @Override
    public Account account(Credentials credentials, Scope scope) {
        return accounts.get(
                new CloudDefinition.SignIn(credentials, scope),
                signIn ->
                        new KeptAccount(
                                this,
                                () ->
                                        patientKeystone.authenticate(
                                                signIn.credentials(),
                                                signIn.scope(),
                                                this::surelyLacks),
                                clock));
    }

    @Override
    public <T> T as(Token token, Function<OpenStack, T> work) {
        return as(token, null, work);
    }

    <T> T as(Token token, Binding.@Nullable Renewal renewal, Function<OpenStack, T> work) {
        if (!token.cloud().equals(name())) {
            throw new IllegalArgumentException(token + " is not for cloud " + name());
        }
        var current = Binding.current(token);
        if (current.isPresent()) {
            return work.apply(current.get());
        }
        try (var binding = Binding.open(behind, token, renewal)) {
            return work.apply(binding);
        } catch (OS4JException broken) {
            throw failure(broken);
        }
    }

    /** Asks the service account, for a stranger's sake: Keystone itself does not tell. */
    private boolean surelyLacks(Credentials.Domain domain) {
        if (service == null) {
            return false;
        }
        try {
            return service.as(os -> lacks(os, domain));
        } catch (CloudFailure _) {
            return false;
        }
    }

    private static boolean lacks(OpenStack os, Credentials.Domain domain) {
        if (domain.id() != null) {
            return os.find(Request.get(Service.IDENTITY, "/domains/{}", domain.id())).isEmpty();
        }
        var wanted = String.valueOf(domain.name());
        var named = Request.get(Service.IDENTITY, "/domains").query("name", wanted);
        return os.list(named, "domains").isEmpty();
    }

    private static CloudFailure failure(OS4JException broken) {
        return broken instanceof ResponseException answered
                ? new CloudFailure(
                        answered.getStatus() == 401
                                ? CloudFailure.Kind.UNAUTHORIZED
                                : answered.getStatus() >= 500
                                        ? CloudFailure.Kind.SERVER_ERROR
                                        : CloudFailure.Kind.BAD_REQUEST,
                        null,
                        answered.getStatus(),
                        String.valueOf(answered.getMessage()),
                        null,
                        null,
                        broken)
                : new CloudFailure(
                        CloudFailure.Kind.NOT_OPENSTACK,
                        null,
                        0,
                        "The answer could not be understood.",
                        null,
                        null,
                        broken);
    }

    @Override
    public void close() {
        transport.close();
    }
}

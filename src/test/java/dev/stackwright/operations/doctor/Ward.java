package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Facts of a small cloud, all well at first, to be made ill one by one. */
final class Ward {

    static final Instant NOW = Instant.parse("2026-11-22T03:11:08Z");
    static final Instant LONG_AGO = NOW.minus(Duration.ofMinutes(14));

    final List<Api> apis = new ArrayList<>();
    final List<Beat> beats = new ArrayList<>();
    final List<Host> hosts = new ArrayList<>();
    final List<Aggregate> aggregates = new ArrayList<>();
    final List<Pool> pools = new ArrayList<>();
    final List<Group> groups = new ArrayList<>();
    final List<Instance> instances = new ArrayList<>();
    final List<Volume> volumes = new ArrayList<>();
    Account account = Account.TAKEN;
    Bus bus = new Bus(true, null, "", List.of());

    static Ward healthy() {
        var ward = new Ward();
        for (var name : Api.Name.values()) {
            ward.apis.add(api(name, Api.State.ANSWERS, "", 20, 20, 20, 20));
        }
        ward.beats.add(beat(Beat.Family.NOVA, "nova-scheduler", "control"));
        ward.beats.add(beat(Beat.Family.NOVA, "nova-conductor", "control"));
        ward.beats.add(beat(Beat.Family.CINDER, "cinder-scheduler", "control"));
        ward.beats.add(beat(Beat.Family.CINDER, "cinder-volume", "store@fast"));
        for (var host : List.of("compute1", "compute2", "compute3")) {
            ward.beats.add(beat(Beat.Family.NOVA, "nova-compute", host));
            ward.beats.add(beat(Beat.Family.NEUTRON, "neutron-openvswitch-agent", host));
            ward.hosts.add(new Host(host, 16, 65_536, 500));
        }
        ward.pools.add(new Pool("store@fast#fast", 100, 60, NOW.minusSeconds(5)));
        return ward;
    }

    static Api api(Api.Name name, Api.State state, String said, long... took) {
        var lengths = java.util.Arrays.stream(took).mapToObj(Duration::ofMillis).toList();
        return new Api(
                name,
                state,
                LONG_AGO,
                state == Api.State.ANSWERS ? 200 : 3,
                said,
                lengths,
                Duration.ofMillis(20),
                List.of(),
                NOW.minusSeconds(5));
    }

    static Beat beat(Beat.Family family, String binary, String host) {
        return new Beat(
                family,
                binary,
                host,
                true,
                true,
                false,
                null,
                NOW.minusSeconds(8),
                NOW.minusSeconds(5));
    }

    static Beat silent(Beat beat) {
        return new Beat(
                beat.family(),
                beat.binary(),
                beat.host(),
                false,
                beat.enabled(),
                beat.forcedDown(),
                beat.reason(),
                LONG_AGO,
                beat.read());
    }

    static Beat disabled(Beat beat) {
        return new Beat(
                beat.family(),
                beat.binary(),
                beat.host(),
                beat.alive(),
                false,
                beat.forcedDown(),
                "new memory",
                beat.heard(),
                beat.read());
    }

    Ward silence(String binary) {
        return change(binary, "", Ward::silent);
    }

    Ward silence(String binary, String host) {
        return change(binary, host, Ward::silent);
    }

    Ward disable(String binary) {
        return change(binary, "", Ward::disabled);
    }

    private Ward change(String binary, String host, UnaryOperator<Beat> change) {
        beats.replaceAll(beat ->
                beat.binary().equals(binary) && (host.isEmpty() || beat.host().equals(host))
                        ? change.apply(beat)
                        : beat);
        return this;
    }

    Ward answering(Api api) {
        apis.replaceAll(each -> each.name() == api.name() ? api : each);
        return this;
    }

    Ward with(Instance instance) {
        instances.add(instance);
        return this;
    }

    Ward with(Volume volume) {
        volumes.add(volume);
        return this;
    }

    /** An instance that is being built for fourteen minutes where six seconds are usual. */
    static Instance building(@Nullable String host, String task) {
        return instance("BUILD", task, host, null);
    }

    static Instance failed(String fault) {
        return instance("ERROR", null, null, fault);
    }

    static Instance instance(
            String status, @Nullable String task, @Nullable String host, @Nullable String fault) {
        return new Instance(
                "worker-7",
                "worker-7",
                "shop",
                status,
                task,
                LONG_AGO,
                fault,
                host,
                null,
                flavor(Map.of()),
                null,
                List.of(),
                null,
                null,
                Duration.ofSeconds(6));
    }

    static Flavor flavor(Map<String, String> wants) {
        return new Flavor("m1.medium", 2, 4096, 20, wants);
    }

    static Instance wanting(Instance instance, Flavor flavor) {
        return new Instance(
                instance.id(),
                instance.name(),
                instance.project(),
                instance.status(),
                instance.task(),
                instance.since(),
                instance.fault(),
                instance.host(),
                instance.zone(),
                flavor,
                instance.image(),
                instance.ports(),
                instance.room(),
                instance.actions(),
                instance.usual());
    }

    static Instance from(Instance instance, Instance.Image image) {
        return new Instance(
                instance.id(),
                instance.name(),
                instance.project(),
                instance.status(),
                instance.task(),
                instance.since(),
                instance.fault(),
                instance.host(),
                instance.zone(),
                instance.flavor(),
                image,
                instance.ports(),
                instance.room(),
                instance.actions(),
                instance.usual());
    }

    static Instance on(Instance instance, Port port) {
        return new Instance(
                instance.id(),
                instance.name(),
                instance.project(),
                instance.status(),
                instance.task(),
                instance.since(),
                instance.fault(),
                instance.host(),
                instance.zone(),
                instance.flavor(),
                instance.image(),
                List.of(port),
                instance.room(),
                instance.actions(),
                instance.usual());
    }

    static Instance room(Instance instance, String... hosts) {
        return new Instance(
                instance.id(),
                instance.name(),
                instance.project(),
                instance.status(),
                instance.task(),
                instance.since(),
                instance.fault(),
                instance.host(),
                instance.zone(),
                instance.flavor(),
                instance.image(),
                instance.ports(),
                new Room(Set.of(hosts), NOW),
                instance.actions(),
                instance.usual());
    }

    /** Shut off on a host; what was last done to it, and by whom. */
    static Instance stopped(String id, String host, String action, @Nullable String user) {
        return new Instance(
                id,
                id,
                "shop",
                "SHUTOFF",
                null,
                LONG_AGO,
                null,
                host,
                null,
                flavor(Map.of()),
                null,
                List.of(),
                null,
                List.of(
                        new Action(action, LONG_AGO, user, null, List.of()),
                        new Action(
                                "create",
                                LONG_AGO.minus(Duration.ofDays(9)),
                                "alice",
                                null,
                                List.of())),
                null);
    }

    Facts facts() {
        return new Facts(
                NOW,
                apis,
                account,
                bus,
                beats,
                hosts,
                aggregates,
                pools,
                groups,
                instances,
                volumes);
    }

    List<Verdict> examined() {
        return new Doctor().examine(facts());
    }

    /** What the doctor says about the instance or volume. */
    Verdict ofPatient() {
        return examined().stream()
                .filter(verdict -> verdict.symptom() != null)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing was said: " + examined()));
    }

    List<Code> codes() {
        return examined().stream().map(Verdict::code).distinct().toList();
    }
}

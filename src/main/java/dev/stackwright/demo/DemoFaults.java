package dev.stackwright.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The switchboard of what is wrong with the demo cloud.
 *
 * <p>Faults with a name are those of a real cloud and show only in what its APIs say. Failures are
 * for tests: a call that answers 503, hangs, or is cut off before or after it was done, and hooks
 * that run before and after each call.
 */
public final class DemoFaults {

    /**
     * A host's nova-compute stops reporting and stops working off what it is told; takes the host's
     * name.
     */
    public static final String COMPUTE_SILENT = "nova-compute-silent";

    /** A machine is gone with everything on it, its network agent too; takes the host's name. */
    public static final String HOST_DEAD = "host-dead";

    /** nova-scheduler stops: new servers stay in BUILD. */
    public static final String SCHEDULER_SILENT = "scheduler-silent";

    /**
     * The host is back after a power cut, with everything on it shut off; takes the host's name.
     * Ends its silence.
     */
    public static final String HOST_RETURNED = "host-returned";

    /** Every call to a service answers 500; takes the service's name, such as nova. */
    public static final String API_BROKEN = "api-broken";

    /** A service takes calls and never answers one; takes the service's name, such as keystone. */
    public static final String API_SILENT = "api-silent";

    private static final List<String> NAMES =
            List.of(
                    COMPUTE_SILENT,
                    HOST_DEAD,
                    SCHEDULER_SILENT,
                    HOST_RETURNED,
                    API_BROKEN,
                    API_SILENT);
    private static final Map<String, String> PROJECTS =
            Map.of(
                    "identity", "keystone",
                    "compute", "nova",
                    "network", "neutron",
                    "volume", "cinder",
                    "image", "glance",
                    "placement", "placement");
    private static final Duration LONGEST_HANG = Duration.ofMinutes(10);

    private record Rule(
            String service,
            String method,
            Pattern path,
            DemoFailure failure,
            AtomicInteger left,
            @Nullable Instant until) {

        boolean takes(DemoCall call, Instant now) {
            if (!(service.isEmpty() || service.equals(call.service()))
                    || !(method.isEmpty() || method.equals(call.method()))
                    || !path.matcher(call.path()).find()) {
                return false;
            }
            if (until != null && now.isAfter(until)) {
                return false;
            }
            return left.getAndUpdate(n -> n > 0 ? n - 1 : n) != 0;
        }
    }

    private final Clock clock;
    private final Map<String, Instant> active = new ConcurrentHashMap<>();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final AtomicReference<CountDownLatch> hanging =
            new AtomicReference<>(new CountDownLatch(1));
    private volatile Consumer<DemoCall> before = call -> {};
    private volatile Consumer<DemoCall> after = call -> {};
    private volatile Consumer<String> returned = host -> {};

    DemoFaults(Clock clock) {
        this.clock = clock;
    }

    /** The names that {@link #turnOn} knows. */
    public static List<String> names() {
        return NAMES;
    }

    public void turnOn(String name) {
        turnOn(name, "");
    }

    /**
     * Switches a fault on; {@code host} is the name of a service for those that concern one, and ""
     * for those that concern neither.
     */
    public void turnOn(String name, String host) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "No fault is called " + name + "; there are " + NAMES);
        }
        if (!name.equals(SCHEDULER_SILENT) && host.isEmpty()) {
            throw new IllegalArgumentException(
                    "The fault "
                            + name
                            + " needs the name of a "
                            + (isOfService(name) ? "service" : "host"));
        }
        if (isOfService(name) && !PROJECTS.containsValue(host)) {
            throw new IllegalArgumentException(
                    "No service is called " + host + "; there are " + PROJECTS.values());
        }
        if (name.equals(HOST_RETURNED)) {
            active.remove(key(COMPUTE_SILENT, host));
            active.remove(key(HOST_DEAD, host));
            returned.accept(host);
            return;
        }
        active.putIfAbsent(key(name, host), clock.instant());
    }

    public void turnOff(String name) {
        active.keySet().removeIf(key -> key.equals(name) || key.startsWith(name + " "));
        letGo(name);
    }

    public void turnOff(String name, String host) {
        active.remove(key(name, host));
        letGo(name);
    }

    private void letGo(String name) {
        if (name.equals(API_SILENT)) {
            hanging.getAndSet(new CountDownLatch(1)).countDown();
        }
    }

    private static boolean isOfService(String name) {
        return name.equals(API_BROKEN) || name.equals(API_SILENT);
    }

    /**
     * Those that outlast the process. A service that never answers would not even let anybody in
     * who could switch that off.
     */
    Map<String, Instant> lasting() {
        var lasting = active();
        lasting.keySet().removeIf(key -> isOfService(key.split(" ")[0]));
        return lasting;
    }

    /** What is switched on, each as "name" or "name host", with the time since when. */
    public Map<String, Instant> active() {
        return new TreeMap<>(active);
    }

    /**
     * The next calls of this kind fail. An empty service or method means any; the path is a regular
     * expression to be found in it.
     */
    public void fail(String service, String method, String path, DemoFailure failure, int times) {
        rules.add(
                new Rule(
                        service,
                        method,
                        Pattern.compile(path),
                        failure,
                        new AtomicInteger(times),
                        null));
    }

    /**
     * All calls of this kind fail for this long by the demo cloud's clock, or until {@link
     * #clearFailures()}.
     */
    public void failFor(
            String service, String method, String path, DemoFailure failure, Duration duration) {
        rules.add(
                new Rule(
                        service,
                        method,
                        Pattern.compile(path),
                        failure,
                        new AtomicInteger(-1),
                        clock.instant().plus(duration)));
    }

    /** Ends all failures and lets calls that hang go on. Named faults stay. */
    public void clearFailures() {
        rules.clear();
        hanging.getAndSet(new CountDownLatch(1)).countDown();
    }

    /**
     * Runs before each call is looked at; when it throws, the connection is cut and nothing was
     * done.
     */
    public void beforeCall(Consumer<DemoCall> hook) {
        before = hook;
    }

    /**
     * Runs when a call was done and before it is answered; when it throws, the connection is cut.
     */
    public void afterCall(Consumer<DemoCall> hook) {
        after = hook;
    }

    void remember(String key, Instant since) {
        active.put(key, since);
    }

    void onReturned(Consumer<String> action) {
        returned = action;
    }

    void before(DemoCall call) {
        before.accept(call);
    }

    void after(DemoCall call) {
        after.accept(call);
    }

    @Nullable DemoFailure next(DemoCall call) {
        Instant now = clock.instant();
        for (Rule rule : rules) {
            if (rule.takes(call, now)) {
                return rule.failure();
            }
        }
        String project = PROJECTS.get(call.service());
        if (project == null) {
            return null;
        }
        if (active.containsKey(key(API_SILENT, project))) {
            return new DemoFailure.Hang();
        }
        return active.containsKey(key(API_BROKEN, project)) ? new DemoFailure.Status(500) : null;
    }

    void hang() throws InterruptedException {
        hanging.get().await(LONGEST_HANG.toSeconds(), TimeUnit.SECONDS);
    }

    @Nullable Instant silentSince(String host) {
        var dead = deadSince(host);
        return dead == null ? active.get(key(COMPUTE_SILENT, host)) : dead;
    }

    @Nullable Instant deadSince(String host) {
        return active.get(key(HOST_DEAD, host));
    }

    @Nullable Instant schedulerSilentSince() {
        return active.get(SCHEDULER_SILENT);
    }

    private static String key(String name, String host) {
        return host.isEmpty() || name.equals(SCHEDULER_SILENT) ? name : name + " " + host;
    }
}

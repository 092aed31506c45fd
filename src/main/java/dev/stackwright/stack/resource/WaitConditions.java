package dev.stackwright.stack.resource;

import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;

/** Waits until something outside says that it is ready, usually a server that has started. */
final class WaitConditions {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private WaitConditions() {}

    static List<ResourceHandler> all() {
        return List.of(new Handle(), new Condition());
    }

    /** What outsiders signal. It is an address, and nothing else. */
    private static final class Handle implements ResourceHandler {

        private static final String ADDRESS = "address";
        private static final String OWN = "OS::Heat::WaitConditionHandle";

        @Override
        public Set<String> types() {
            return Handlers.HANDLES;
        }

        @Override
        public StepOutcome create(Work work) {
            if (!work.exists()) {
                var memory = work.memory().put("id", work.row().toString());
                var transport = work.text("signal_transport").orElse("");
                if (!transport.equals("NO_SIGNAL")) {
                    memory.put(ADDRESS, work.sealed(work.around().signalAddress()));
                }
                work.remember(memory);
            }
            return work.done();
        }

        @Override
        public StepOutcome delete(Work work) {
            work.around().forgetSignalsTo(work.row().toString());
            return work.done();
        }

        private static String address(Work work) {
            var sealed = work.memory().path(ADDRESS).asString("");
            return sealed.isEmpty() ? "" : work.opened(sealed);
        }

        /** Amazon's handles are their addresses. */
        @Override
        public Value reference(Work work) {
            return work.type().name().equals(OWN)
                    ? Value.of(work.physicalId())
                    : Value.of(address(work));
        }

        /**
         * The address carries its own proof, so there is no token besides it: whoever sends one
         * sends the signature again, which nobody reads.
         */
        @Override
        public Map<String, Value> attributes(Work work) {
            var address = address(work);
            if (!work.type().name().equals(OWN) || address.isEmpty()) {
                return Map.of();
            }
            return Map.of(
                    "endpoint", Value.of(address),
                    "token", Value.of(address.substring(address.lastIndexOf('/') + 1)),
                    "curl_cli",
                            Value.of(
                                    "curl -i -X POST -H 'Content-Type: application/json' -H"
                                            + " 'Accept: application/json' "
                                            + address),
                    "signal",
                            Value.of(
                                    JsonNodeFactory.instance
                                            .objectNode()
                                            .put("alarm_url", address)
                                            .toString()));
        }
    }

    /**
     * Counts the signals to a handle. Until when it waits is kept before it begins to, so that a
     * restart neither prolongs nor forgets it; in between no thread is held.
     */
    private static final class Condition implements ResourceHandler {

        @Override
        public Set<String> types() {
            return Set.of("OS::Heat::WaitCondition", "AWS::CloudFormation::WaitCondition");
        }

        @Override
        public StepOutcome create(Work work) {
            work.isAlways(work.physicalName());
            return listen(work);
        }

        @Override
        public StepOutcome update(Work work) {
            return listen(work);
        }

        @Override
        public StepOutcome delete(Work work) {
            work.given("handle", "Handle").ifPresent(work.around()::forgetSignalsTo);
            return work.done();
        }

        private static StepOutcome listen(Work work) {
            var signals = signals(work);
            var failures = signals.stream().filter(signal -> !signal.well()).toList();
            if (!failures.isEmpty()) {
                return Work.failed("It was signalled that something failed: " + reasons(failures));
            }
            int wanted = number(work, "count", "Count", 1);
            if (signals.size() >= wanted) {
                return work.done();
            }
            var now = work.around().now();
            var until = until(work, now);
            if (!now.isBefore(until)) {
                return Work.failed(
                        "%d of %s arrived within %s%s"
                                .formatted(
                                        signals.size(),
                                        signals(wanted),
                                        length(timeout(work)),
                                        signals.isEmpty() ? "" : ": " + reasons(signals)));
            }
            var left = Duration.between(now, until);
            return new StepOutcome.Waiting(
                    left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN,
                    "%d of %s arrived; it waits until %s UTC"
                            .formatted(
                                    signals.size(),
                                    signals(wanted),
                                    until.toString().substring(11, 19)));
        }

        private static Instant until(Work work, Instant now) {
            var known = work.memory().path(Work.UNTIL).asString("");
            if (!known.isEmpty()) {
                return Instant.parse(known);
            }
            var until = now.plus(timeout(work));
            work.remember(work.memory().put(Work.UNTIL, until.toString()));
            return until;
        }

        private static Duration timeout(Work work) {
            return Duration.ofSeconds(number(work, "timeout", "Timeout", 1));
        }

        private static int number(Work work, String name, String otherName, int otherwise) {
            return work.given(name, otherName)
                    .map(text -> (int) Math.ceil(Double.parseDouble(text)))
                    .orElse(otherwise);
        }

        private static String signals(int count) {
            return count == 1 ? "1 signal" : count + " signals";
        }

        private static String length(Duration timeout) {
            long seconds = timeout.toSeconds();
            return seconds % 60 == 0 && seconds > 60 ? seconds / 60 + " minutes" : seconds + " s";
        }

        private static String reasons(List<Signal> signals) {
            return signals.stream().map(Signal::reason).collect(Collectors.joining("; "));
        }

        private static List<Signal> signals(Work work) {
            var handle = work.given("handle", "Handle").orElse("");
            return work.around()
                    .signalsTo(handle)
                    .orElseThrow(() ->
                            new Impossible(
                                    "Its handle is none: there is no such wait condition handle in"
                                            + " this project"));
        }

        /** What was said, as JSON: by the id of each signal. */
        @Override
        public Map<String, Value> attributes(Work work) {
            var said = new LinkedHashMap<String, Value>();
            signals(work).forEach(signal -> said.put(signal.id(), Properties.value(signal.data())));
            var data = Value.of(Properties.json(new Value.Entries(said)).toString());
            return Map.of("data", data, "Data", data);
        }
    }
}

package dev.stackwright.stack.resource;

import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the engine makes by itself, without any cloud. */
final class OwnResources {

    private OwnResources() {}

    static List<ResourceHandler> all() {
        return List.of(new RandomStringHandler(), new PlainHandler(), new DelayHandler());
    }

    /** Nothing to make and nothing to delete. */
    private abstract static class Weightless implements ResourceHandler {

        @Override
        public StepOutcome create(Work work) {
            work.isAlways(work.physicalName());
            return work.done();
        }

        @Override
        public StepOutcome delete(Work work) {
            return work.done();
        }
    }

    /** A value, a nothing, and something to try the engine with. */
    private static final class PlainHandler extends Weightless {

        @Override
        public Set<String> types() {
            return Set.of(
                    "OS::Heat::Value",
                    "OS::Heat::None",
                    "OS::Heat::TestResource",
                    // It only says how the servers of a group are to be.
                    "AWS::AutoScaling::LaunchConfiguration");
        }

        @Override
        public StepOutcome create(Work work) {
            if (work.json("fail").asBoolean(false)) {
                return Work.failed("Test resource failed, as it was told to");
            }
            work.isAlways(work.physicalName());
            return slowed(work);
        }

        @Override
        public StepOutcome update(Work work) {
            return create(work);
        }

        private static StepOutcome slowed(Work work) {
            double seconds = work.json("wait_secs").asDouble(0);
            if (seconds <= 0 || work.phase().equals("waited")) {
                return work.done();
            }
            work.enter("waited");
            return new StepOutcome.Waiting(
                    Duration.ofMillis((long) (seconds * 1000)), "Waiting as it was told to");
        }

        @Override
        public Map<String, Value> attributes(Work work) {
            var value = Properties.value(work.json("value"));
            return Map.of("value", value, "output", value);
        }
    }

    /** A pause. */
    private static final class DelayHandler extends Weightless {

        @Override
        public Set<String> types() {
            return Set.of("OS::Heat::Delay");
        }

        @Override
        public StepOutcome create(Work work) {
            work.isAlways(work.physicalName());
            return paused(work, "CREATE");
        }

        @Override
        public StepOutcome update(Work work) {
            return paused(work, "UPDATE");
        }

        @Override
        public StepOutcome delete(Work work) {
            return paused(work, "DELETE");
        }

        private static StepOutcome paused(Work work, String action) {
            boolean asked = false;
            for (var one : work.json("actions")) {
                asked |= one.asString().equals(action);
            }
            double seconds = work.json("min_wait").asDouble(0);
            double most = work.json("max_jitter").asDouble(0);
            double times = work.json("jitter_multiplier").asDouble(1);
            seconds += most * times * new SecureRandom().nextDouble();
            if (!asked || seconds <= 0 || work.phase().equals("waited " + action)) {
                return work.done();
            }
            work.enter("waited " + action);
            return new StepOutcome.Waiting(
                    Duration.ofMillis((long) (seconds * 1000)), "A pause that the template wants");
        }
    }

    /** A random text, kept sealed: it is most often a password. */
    private static final class RandomStringHandler extends Weightless {

        private static final SecureRandom RANDOM = new SecureRandom();
        private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
        private static final String UPPER = LOWER.toUpperCase(java.util.Locale.ROOT);
        private static final String DIGITS = "0123456789";

        @Override
        public Set<String> types() {
            return Set.of("OS::Heat::RandomString");
        }

        @Override
        public StepOutcome create(Work work) {
            if (!work.exists()) {
                work.carry(
                        work.memory()
                                .put("id", work.physicalName())
                                .put("text", work.sealed(text(work))));
            }
            return work.done();
        }

        private static String text(Work work) {
            int length = work.json("length").asInt(32);
            var characters = new ArrayList<Character>();
            var all = new StringBuilder();
            for (var one : work.json("character_classes")) {
                var letters = letters(one.path("class").asString("lettersdigits"));
                all.append(letters);
                pick(letters, one.path("min").asInt(1), characters);
            }
            for (var one : work.json("character_sequences")) {
                var letters = one.path("sequence").asString("");
                all.append(letters);
                pick(letters, one.path("min").asInt(1), characters);
            }
            if (all.isEmpty()) {
                all.append(letters(work.text("sequence").orElse("lettersdigits")));
            }
            if (characters.size() > length) {
                throw new Impossible(
                        "%d characters are too few for the least that is asked of each class"
                                .formatted(length));
            }
            pick(all.toString(), length - characters.size(), characters);
            Collections.shuffle(characters, RANDOM);
            var text = new StringBuilder();
            characters.forEach(text::append);
            return text.toString();
        }

        private static void pick(String letters, int count, List<Character> into) {
            for (int i = 0; i < count && !letters.isEmpty(); i++) {
                into.add(letters.charAt(RANDOM.nextInt(letters.length())));
            }
        }

        private static String letters(String name) {
            return switch (name) {
                case "letters" -> LOWER + UPPER;
                case "lowercase" -> LOWER;
                case "uppercase" -> UPPER;
                case "digits" -> DIGITS;
                case "hexdigits" -> DIGITS + "ABCDEF";
                case "octdigits" -> "01234567";
                default -> LOWER + UPPER + DIGITS;
            };
        }

        @Override
        public Value reference(Work work) {
            return value(work);
        }

        @Override
        public Map<String, Value> attributes(Work work) {
            return Map.of("value", value(work));
        }

        private static Value value(Work work) {
            return Value.of(work.opened(work.memory().path("text").asString()));
        }
    }
}

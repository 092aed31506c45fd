package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a service's API answers.
 *
 * @param since when it began to do so
 * @param times how many times in a row it did
 * @param said what it said, or what the network said of it
 * @param took how long the last answers took, the newest first
 * @param usual how long an answer takes usually, null while not known
 * @param silentAbout what it did not answer about in time while it answered about other things
 * @param asked when it was last asked
 */
public record Api(
        Name name,
        State state,
        Instant since,
        int times,
        String said,
        List<Duration> took,
        @Nullable Duration usual,
        List<String> silentAbout,
        Instant asked) {

    /** The services that others cannot do without. */
    public enum Name {
        KEYSTONE("Keystone", "keystone", Code.KEYSTONE_DOWN),
        NOVA("Nova", "nova-api", Code.NOVA_API_DOWN),
        NEUTRON("Neutron", "neutron-server", Code.NEUTRON_SERVER_DOWN),
        CINDER("Cinder", "cinder-api", Code.CINDER_API_DOWN),
        GLANCE("Glance", "glance-api", Code.GLANCE_DOWN),
        PLACEMENT("Placement", "placement-api", Code.PLACEMENT_DOWN);

        private final String label;
        private final String process;
        private final Code down;

        Name(String label, String process, Code down) {
            this.label = label;
            this.process = process;
            this.down = down;
        }

        public String label() {
            return label;
        }

        public String process() {
            return process;
        }

        Code down() {
            return down;
        }
    }

    /** The ways of answering. */
    public enum State {
        ANSWERS,
        /** Nobody takes the connection. */
        UNREACHABLE,
        /** The connection is taken, and nothing comes. */
        DEAF,
        /** It answers that it cannot. */
        FAILING,
        /** Its certificate is past its time. */
        EXPIRED
    }

    public Api {
        took = List.copyOf(took);
        silentAbout = List.copyOf(silentAbout);
    }

    boolean isDown() {
        return state == State.UNREACHABLE || state == State.DEAF || state == State.FAILING;
    }
}

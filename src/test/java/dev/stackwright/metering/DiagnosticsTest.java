package dev.stackwright.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.metering.Diagnostics.Reading;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What Nova says of an instance, as samples. */
class DiagnosticsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static Reading reading(String body) {
        return new Reading(
                new CloudName("north"),
                JSON.readTree("{\"id\": \"web\", \"tenant_id\": \"shop\", \"user_id\": \"alice\"}"),
                JSON.readTree(body.replace('\'', '"')),
                Instant.parse("2026-11-22T12:00:00Z"));
    }

    @Test
    void countersAreSumsOverAllParts() {
        var samples =
                Diagnostics.samples(
                        reading(
                                "{'cpu_details': [{'time': 5}, {'time': 7}],"
                                        + " 'memory_details': {'used': 512},"
                                        + " 'nic_details': [{'rx_octets': 1, 'tx_octets': 2}]}"));

        assertThat(samples)
                .extracting(sample -> sample.meter().name() + " " + sample.volume())
                .containsExactly(
                        "cpu 12",
                        "memory.usage 512",
                        "network.incoming.bytes 1",
                        "network.outgoing.bytes 2");
        assertThat(samples).extracting(Sample::resource).containsOnly("web");
    }

    @Test
    void aSumWithAPartMissingIsNone() {
        assertThat(Diagnostics.samples(reading("{'cpu_details': [{'time': 5}, {'time': null}]}")))
                .isEmpty();
        assertThat(Diagnostics.samples(reading("{'cpu_details': [{'time': 5}]}")))
                .extracting(Sample::volume)
                .containsExactly(new BigDecimal(5));
    }
}

package dev.stackwright.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.notification.Envelope.Unreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class EnvelopeTest {

    private static final CloudName NORTH = new CloudName("north-1");
    private static final Instant ARRIVED = Instant.parse("2026-11-22T12:00:00Z");
    private static final JsonMapper JSON = new JsonMapper();

    private static final String BARE =
            """
            {"message_id": "m-1", "publisher_id": "compute.host-1", "event_type": "compute.instance.create.end",
             "priority": "INFO", "timestamp": "2026-11-22 11:59:58.250000", "payload": {"instance_id": "i-1"},
             "_context_project_id": "shop", "_context_user_id": "alice", "_context_request_id": "req-7",
             "_context_auth_token": "canary"}
            """;

    @Test
    void readsABareMessage() throws Unreadable {
        var notification = open(BARE);

        assertThat(notification)
                .returns("m-1", Notification::messageId)
                .returns("nova", Notification::exchange)
                .returns("info", Notification::priority)
                .returns("compute.instance.create.end", Notification::eventType)
                .returns("compute.host-1", Notification::publisherId)
                .returns(Instant.parse("2026-11-22T11:59:58.25Z"), Notification::timestamp)
                .returns(new ProjectId("shop"), Notification::projectId)
                .returns(new UserId("alice"), Notification::userId)
                .returns("req-7", Notification::requestId);
        assertThat(notification.payload().path("instance_id").asString()).isEqualTo("i-1");
    }

    @Test
    void readsAMessageInsideOslosEnvelopeAsTheSameMessage() throws Unreadable {
        var wrapped = JSON.writeValueAsString(Map.of("oslo.version", "2.0", "oslo.message", BARE));

        assertThat(open(wrapped)).isEqualTo(open(BARE));
    }

    @Test
    void doesNotCarryTheTokenOfTheRequestAlong() throws Unreadable {
        assertThat(open(BARE).toString()).doesNotContain("canary");
    }

    @Test
    void takesTheOlderNamesOfTheContext() throws Unreadable {
        var notification =
                open(
                        """
                        {"event_type": "volume.create.end", "message_id": "m", "_context_tenant": "lab", "_context_user": "charlie"}
                        """);

        assertThat(notification.projectId()).isEqualTo(new ProjectId("lab"));
        assertThat(notification.userId()).isEqualTo(new UserId("charlie"));
    }

    @Test
    void aMessageWithoutIdOrTimeIsTheSameMessageWhenItComesAgain() throws Unreadable {
        var body = "{\"event_type\": \"identity.user.created\", \"payload\": null}";

        assertThat(open(body)).isEqualTo(open(body));
        assertThat(open(body).timestamp()).isEqualTo(ARRIVED);
        assertThat(open(body).payload().isObject()).isTrue();
        assertThat(open(body).messageId()).isNotEqualTo(open(body + " ").messageId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22 11:00:00",
                "2026-11-22T11:00:00.000000",
                "2026-11-22T11:00:00Z",
                "2026-11-22T12:00:00+01:00",
                "2026-11-22 11:00:00.000000+00:00"
            })
    void readsTheWaysInWhichServicesWriteTime(String text) {
        assertThat(Envelope.instant(text)).contains(Instant.parse("2026-11-22T11:00:00Z"));
    }

    @Test
    void aTimeThatNobodyCanReadIsTheTimeOfArrival() throws Unreadable {
        var notification = open("{\"event_type\": \"x\", \"timestamp\": \"2014-05-3107: 19\"}");

        assertThat(notification.timestamp()).isEqualTo(ARRIVED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{}",
                "{\"event_type\": {}}",
                "{\"event_type\": \"\"}",
                "{\"oslo.version\": \"3.0\", \"oslo.message\": \"{}\"}",
                "{\"oslo.version\": \"2.0\", \"oslo.message\": {}}",
                "{\"oslo.version\": \"2.0\", \"oslo.message\": \"[1\"}"
            })
    void saysWhyItCannotReadWhatIsNoNotification(String body) {
        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(() -> open(body))
                .withMessageStartingWith("The ");
    }

    @Test
    void refusesDepthAndSizeWithoutSuffering() {
        var deep =
                "{\"event_type\": \"x\", \"payload\": "
                        + "[".repeat(100_000)
                        + "]".repeat(100_000)
                        + "}";
        var large =
                "{\"event_type\": \"x\", \"payload\": \"" + "a".repeat(Envelope.MAX_BYTES) + "\"}";

        assertThatExceptionOfType(Unreadable.class).isThrownBy(() -> open(deep));
        assertThatExceptionOfType(Unreadable.class).isThrownBy(() -> open(large));
    }

    @Test
    void readsBytesThatAreNotUtf8AsUnreadable() {
        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(() ->
                        Envelope.open(
                                NORTH,
                                new Delivery(
                                        "nova", new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe}),
                                ARRIVED));
    }

    @Test
    @Tag("corpus")
    void readsWhatRealServicesSent() throws IOException {
        var corpus = Path.of(System.getProperty("stackwright.corpus", "../shared/corpus"));
        Assumptions.assumeTrue(Files.isDirectory(corpus), "No corpus at " + corpus);
        try (var files = Files.list(corpus.resolve("notifications"))) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(file -> {
                        var wire = JSON.readTree(file.toFile()).path("wire");
                        var body = JSON.writeValueAsString(wire);
                        var wrapped = Map.of("oslo.version", "2.0", "oslo.message", body);
                        assertThat(open(JSON.writeValueAsString(wrapped)).eventType())
                                .isEqualTo(wire.path("event_type").asString());
                    });
        }
    }

    private static Notification open(String body) throws Unreadable {
        return Envelope.open(
                NORTH, new Delivery("nova", body.getBytes(StandardCharsets.UTF_8)), ARRIVED);
    }
}

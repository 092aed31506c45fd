package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.access.Vault;
import dev.stackwright.execution.Fate;
import dev.stackwright.execution.HandTurned;
import dev.stackwright.kernel.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Resources that are told something from outside, and those that wait for it. */
@NullUnmarked
class SignalsTest {

    private static final String WAITING =
            """
            heat_template_version: 2018-08-31
            parameters: { count: { type: number, default: 2 } }
            resources:
              handle: { type: OS::Heat::WaitConditionHandle }
              ready:
                type: OS::Heat::WaitCondition
                properties: { handle: { get_resource: handle }, timeout: 600, count: { get_param: count } }
              after:
                type: OS::Heat::Value
                properties: { value: { get_attr: [ready, data] } }
            outputs:
              endpoint: { value: { get_attr: [handle, endpoint] } }
              curl: { value: { get_attr: [handle, curl_cli] } }
              said: { value: { get_attr: [after, value] } }
            """;

    private static final String AMAZON =
            """
            HeatTemplateFormatVersion: '2012-12-12'
            Resources:
              handle: { Type: AWS::CloudFormation::WaitConditionHandle }
              ready:
                Type: AWS::CloudFormation::WaitCondition
                Properties: { Handle: { Ref: handle }, Timeout: 60 }
            Outputs:
              endpoint: { Value: { Ref: handle } }
              said: { Value: { 'Fn::GetAtt': [ready, Data] } }
            """;

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "https://stackwright\\.example/signals/([0-9a-f-]{36})/(\\d+)/([\\w.-]+)");

    private final Vault vault = Workshop.vault();
    private DemoShop place;
    private DataSource database;
    private Workshop shop;
    private HandTurned worker;

    @BeforeEach
    void open() {
        place = new DemoShop(_ -> {});
        database = Databases.h2();
        shop = shop();
        worker = shop.worker();
    }

    private Workshop shop() {
        return new Workshop(database, place.clouds, vault, place.token, place.clock, Fate.kind());
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    @Test
    void waitsForAsManySignalsAsItWantsAndTellsWhatTheySaid() {
        var stack = begin(WAITING);
        turn();
        assertThat(shop.find(stack).status()).isEqualTo("CREATE_IN_PROGRESS");
        assertThat(resource(stack, "ready").note()).startsWith("0 of 2 signals arrived");
        var address = output(stack, "endpoint");
        assertThat(output(stack, "curl")).startsWith("curl -i -X POST ").endsWith(address);

        assertThat(call(address, "{\"id\": \"a\", \"data\": {\"port\": 80}}"))
                .isInstanceOf(SignalOutcome.Taken.class);
        assertThat(call(address, "{\"id\": \"a\", \"data\": {\"port\": 8080}}"))
                .isInstanceOf(SignalOutcome.Taken.class);
        turn();
        assertThat(resource(stack, "ready").note()).startsWith("1 of 2 signals arrived");

        assertThat(
                        shop.signals.told(
                                shop.viewer, "alice", stack, "handle", "{\"data\": \"by hand\"}"))
                .isInstanceOf(SignalOutcome.Taken.class);
        worker.turnUntilIdle();
        assertThat(shop.find(stack).status()).isEqualTo("CREATE_COMPLETE");
        assertThat(output(stack, "said")).isEqualTo("{\"a\":{\"port\":8080},\"2\":\"by hand\"}");
        assertThat(shop.stacks.latestEvents(shop.viewer, stack, 50))
                .filteredOn(event -> event.action() == StackAction.SIGNAL)
                .hasSize(3)
                .first()
                .extracting(StackEvent::reason)
                .isEqualTo("Success by alice: Signal 2 received");
    }

    @Test
    void waitsOnAfterARestartAndNotLongerThanItSaid() {
        var stack = begin(WAITING);
        turn();
        place.clock.advance(Duration.ofMinutes(6));
        shop = shop();
        worker = shop.worker();
        turn();
        call(output(stack, "endpoint"), "{\"reason\": \"one is up\"}");
        worker.turnUntilIdle(Duration.ofMinutes(5));

        assertThat(shop.find(stack).status()).isEqualTo("CREATE_FAILED");
        assertThat(shop.find(stack).reason())
                .isEqualTo("ready: 1 of 2 signals arrived within 10 minutes: one is up");
    }

    @Test
    void aSignalOfAFailureFailsIt() {
        var stack = begin(WAITING);
        turn();
        call(output(stack, "endpoint"), "{\"status\": \"FAILURE\", \"reason\": \"no disk\"}");
        worker.turnUntilIdle();

        assertThat(shop.find(stack).reason())
                .isEqualTo("ready: It was signalled that something failed: no disk");
    }

    @Test
    void anotherCountWaitsAgain() {
        var stack = begin(WAITING);
        turn();
        var address = output(stack, "endpoint");
        call(address, "");
        call(address, "");
        worker.turnUntilIdle();
        assertThat(shop.apply(shop.preview(stack, "web", WAITING, Map.of("count", "3"))))
                .isInstanceOf(ApplyOutcome.Started.class);
        turn();
        assertThat(resource(stack, "ready").note()).startsWith("2 of 3 signals arrived");
        call(address, "");
        worker.turnUntilIdle();
        assertThat(shop.find(stack).status()).isEqualTo("UPDATE_COMPLETE");
    }

    @Test
    void amazonsHandleIsItsAddressAndWantsAllFourKeys() {
        var stack = begin(AMAZON);
        turn();
        var address = output(stack, "endpoint");
        assertThat(call(address, "{\"Status\": \"SUCCESS\"}"))
                .isEqualTo(
                        new SignalOutcome.Refused(
                                "A signal to this handle has all of: Data, Reason, Status,"
                                        + " UniqueId"));
        call(
                address,
                "{\"Status\": \"SUCCESS\", \"Reason\": \"up\", \"Data\": \"d\", \"UniqueId\":"
                        + " \"1\"}");
        worker.turnUntilIdle();
        assertThat(shop.find(stack).status()).isEqualTo("CREATE_COMPLETE");
        assertThat(output(stack, "said")).isEqualTo("{\"1\":\"d\"}");
    }

    @Test
    void nobodyMakesAnAddressAndNoneOutlivesItsResource() {
        var stack = begin(WAITING);
        turn();
        var address = output(stack, "endpoint");
        var found = ADDRESS.matcher(address);
        assertThat(found.matches()).isTrue();
        var resource = UUID.fromString(found.group(1));
        long until = Long.parseLong(found.group(2));
        var signature = found.group(3);
        var wrong = new SignalOutcome.NotFound();
        assertThat(shop.signals.called(resource, until + 1, signature, "{}")).isEqualTo(wrong);
        assertThat(shop.signals.called(UUID.randomUUID(), until, signature, "{}")).isEqualTo(wrong);
        assertThat(shop.signals.called(resource, until, signature + "x", "{}")).isEqualTo(wrong);
        assertThat(shop.signals.called(resource, until, "", "{}")).isEqualTo(wrong);
        for (var body : List.of("[]", "{\"colour\": 1}", "{\"status\": \"MAYBE\"}", "{")) {
            assertThat(call(address, body)).as(body).isInstanceOf(SignalOutcome.Refused.class);
        }
        assertThat(shop.signals.told(shop.viewer, "alice", stack, "ready", "{}"))
                .isEqualTo(new SignalOutcome.Refused("ready takes no signals"));
        worker.turnUntilIdle();
        shop.apply(shop.previewDelete(stack));
        worker.turnUntilIdle();
        assertThat(call(address, "{}")).isEqualTo(wrong);
    }

    @Test
    void anAddressIsGoodForALimitedTime() {
        var stack = begin(WAITING);
        turn();
        var address = output(stack, "endpoint");
        place.clock.advance(Duration.ofDays(2));
        assertThat(call(address, "{}")).isInstanceOf(SignalOutcome.Expired.class);
    }

    @Test
    void whatIsSaidIsSealedInTheDatabase() {
        var stack = begin(WAITING);
        turn();
        call(output(stack, "endpoint"), "{\"data\": \"join-token-4711\"}");
        assertThat(
                        new JdbcTemplate(database)
                                .queryForList("select content from stack_signal", String.class))
                .hasSize(1)
                .noneMatch(content -> content.contains("join-token"));
    }

    @Test
    void saysWhatCannotBeSignalledHere() {
        var outcome =
                shop.stacks.preview(
                        shop.viewer,
                        "alice",
                        new StackForm(
                                null,
                                "web",
                                """
                                heat_template_version: 2018-08-31
                                resources:
                                  handle:
                                    type: OS::Heat::WaitConditionHandle
                                    properties: { signal_transport: ZAQAR_SIGNAL }
                                  object: { type: OS::Heat::SwiftSignalHandle }
                                """,
                                "",
                                Map.of(),
                                Map.of(),
                                null));
        assertThat(outcome).isInstanceOf(PreviewOutcome.Refused.class);
        assertThat(((PreviewOutcome.Refused) outcome).diagnostics().errors())
                .extracting(one -> one.code())
                .containsExactlyInAnyOrder("SW7005", "SW7001");
    }

    private UUID begin(String template) {
        var outcome = shop.apply(shop.preview(null, "web", template, Map.of()));
        return ((ApplyOutcome.Started) outcome).stack();
    }

    /** Long enough for every step that can go on. */
    private void turn() {
        for (int i = 0; i < 5; i++) {
            place.clock.advance(Duration.ofSeconds(1));
            worker.turn();
        }
    }

    private SignalOutcome call(String address, String body) {
        var found = ADDRESS.matcher(address);
        assertThat(found.matches()).as(address).isTrue();
        return shop.signals.called(
                UUID.fromString(found.group(1)),
                Long.parseLong(found.group(2)),
                found.group(3),
                body);
    }

    private StackResource resource(UUID stack, String name) {
        return shop.stacks.resources(shop.viewer, stack).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String output(UUID stack, String name) {
        return shop.stacks.outputs(shop.viewer, stack).stream()
                .filter(one -> one.name().equals(name))
                .map(StackOutput::value)
                .map(value -> value instanceof Value.Text(var text) ? text : value.toString())
                .findFirst()
                .orElseThrow();
    }
}

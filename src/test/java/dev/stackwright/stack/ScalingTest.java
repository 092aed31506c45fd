package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.Fate;
import dev.stackwright.execution.HandTurned;
import dev.stackwright.kernel.Value;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups that grow and shrink when a policy is signalled. */
@NullUnmarked
class ScalingTest {

    private static final String TEMPLATE =
            """
            heat_template_version: 2018-08-31
            parameters: { by: { type: number, default: 1 } }
            resources:
              nets:
                type: OS::Heat::AutoScalingGroup
                properties:
                  min_size: 1
                  max_size: 4
                  resource: { type: OS::Neutron::Net, properties: { admin_state_up: true } }
              up:
                type: OS::Heat::ScalingPolicy
                properties:
                  adjustment_type: change_in_capacity
                  auto_scaling_group_id: { get_resource: nets }
                  scaling_adjustment: { get_param: by }
                  cooldown: 60
              all:
                type: AWS::AutoScaling::ScalingPolicy
                properties:
                  AdjustmentType: ExactCapacity
                  AutoScalingGroupName: { get_resource: nets }
                  ScalingAdjustment: 9
            outputs:
              size: { value: { get_attr: [nets, current_size] } }
              address: { value: { get_attr: [up, alarm_url] } }
              other: { value: { get_resource: all } }
            """;

    private DemoShop place;
    private Workshop shop;
    private HandTurned worker;
    private Map<String, Long> bare;

    @BeforeEach
    void open() {
        place = new DemoShop(_ -> {});
        bare = place.state();
        shop =
                new Workshop(
                        Databases.h2(),
                        place.clouds,
                        Workshop.vault(),
                        place.token,
                        place.clock,
                        Fate.kind());
        worker = shop.worker();
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    @Test
    void growsWhenItsAddressIsCalledAndRestsAfterwards() {
        var stack = made(TEMPLATE);
        assertThat(networks()).isEqualTo(1);

        assertThat(call(output(stack, "address")))
                .isEqualTo("nets is scaled from 1 to 2 members by up");
        assertThat(shop.find(stack).isMoving()).isTrue();
        assertThat(call(output(stack, "address"))).isEqualTo("Nothing done: nets is not at rest");
        worker.turnUntilIdle();
        assertThat(shop.find(stack).status()).isEqualTo("UPDATE_COMPLETE");
        assertThat(shop.find(stack).version()).isEqualTo(1);
        assertThat(networks()).isEqualTo(2);
        assertThat(output(stack, "size")).isEqualTo("2");

        assertThat(call(output(stack, "address"))).startsWith("Nothing done: nets cools down for");
        place.clock.advance(Duration.ofSeconds(61));
        assertThat(shop.signals.told(shop.viewer, "alice", stack, "all", ""))
                .isEqualTo(
                        new SignalOutcome.Taken(
                                "nets is scaled from 2 to 4 members by all by alice"));
        worker.turnUntilIdle();
        assertThat(networks()).isEqualTo(4);
        assertThat(call(output(stack, "other")))
                .isEqualTo("Nothing done: nets has 4 members, as it may");
        assertThat(shop.preview(stack, "web", TEMPLATE, Map.of()).plan().changesNothing()).isTrue();
    }

    @Test
    void whatActsForItIsRenewedByEachLaunchAndEndsWithTheStack() {
        var stack = made(TEMPLATE);
        assertThat(credentials()).isEqualTo(1);
        run(shop.preview(stack, "web", TEMPLATE, Map.of("by", "2")));
        assertThat(credentials()).isEqualTo(1);
        assertThat(call(output(stack, "address")))
                .isEqualTo("nets is scaled from 1 to 3 members by up");
        worker.turnUntilIdle();
        assertThat(networks()).isEqualTo(3);
        run(shop.previewDelete(stack));
        assertThat(shop.find(stack).status()).isEqualTo("DELETE_COMPLETE");
        assertThat(credentials()).isZero();
        assertThat(place.state()).isEqualTo(bare);
    }

    @Test
    void aStackThatScalesNoMoreLeavesNoCredential() {
        var stack = made(TEMPLATE);
        run(
                shop.preview(
                        stack,
                        "web",
                        """
                        heat_template_version: 2018-08-31
                        resources: { none: { type: OS::Heat::None } }
                        """,
                        Map.of()));
        assertThat(shop.find(stack).status()).isEqualTo("UPDATE_COMPLETE");
        assertThat(credentials()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "change_in_capacity, 2, 0, 3, 5",
        "change_in_capacity, -2, 0, 3, 1",
        "ExactCapacity, 7, 0, 3, 7",
        "percent_change_in_capacity, 50, 0, 3, 4",
        "percent_change_in_capacity, 10, 0, 3, 4",
        "percent_change_in_capacity, -10, 0, 3, 2",
        "PercentChangeInCapacity, -50, 0, 3, 2",
        "percent_change_in_capacity, 10, 2, 3, 5",
        "percent_change_in_capacity, -10, 2, 3, 1"
    })
    void theArithmeticIsHeats(String type, int by, int step, int size, int wanted) {
        var adjustment =
                Adjustment.of(
                        Map.of(
                                "adjustment_type", Value.of(type),
                                "scaling_adjustment", Value.of(by),
                                "min_adjustment_step", Value.of(step)));
        assertThat(adjustment.of(size)).isEqualTo(wanted);
    }

    @Test
    void aGroupOfServersIsMadeFromItsLaunchConfiguration() {
        var template =
                """
                AWSTemplateFormatVersion: '2010-09-09'
                Parameters: { flavor: { Type: String, Default: m1.tiny } }
                Resources:
                  net: { Type: 'OS::Neutron::Net' }
                  subnet:
                    Type: OS::Neutron::Subnet
                    Properties: { network: { Ref: net }, cidr: 10.78.0.0/24 }
                  config:
                    Type: AWS::AutoScaling::LaunchConfiguration
                    Properties: { ImageId: cirros, InstanceType: { Ref: flavor } }
                  group:
                    Type: AWS::AutoScaling::AutoScalingGroup
                    Properties:
                      AvailabilityZones: { 'Fn::GetAZs': '' }
                      LaunchConfigurationName: { Ref: config }
                      MinSize: 1
                      MaxSize: 3
                      Tags: [{ Key: role, Value: web }]
                      VPCZoneIdentifier: [{ Ref: subnet }]
                  up:
                    Type: AWS::AutoScaling::ScalingPolicy
                    Properties:
                      AdjustmentType: ChangeInCapacity
                      AutoScalingGroupName: { Ref: group }
                      ScalingAdjustment: 1
                Outputs:
                  addresses: { Value: { 'Fn::GetAtt': [group, InstanceList] } }
                  up: { Value: { Ref: up } }
                """;
        var stack = made(template);
        assertThat(output(stack, "addresses")).matches("10\\.78\\.0\\.\\d+");
        assertThat(call(output(stack, "up")))
                .isEqualTo("group is scaled from 1 to 2 members by up");
        worker.turnUntilIdle();
        assertThat(shop.find(stack).status())
                .as(shop.find(stack).reason())
                .isEqualTo("UPDATE_COMPLETE");
        assertThat(output(stack, "addresses")).matches("10\\.78\\.0\\.\\d+,10\\.78\\.0\\.\\d+");
        assertThat(shop.preview(stack, "web", template, Map.of()).plan().changesNothing()).isTrue();

        run(shop.preview(stack, "web", template, Map.of("flavor", "m1.small")));
        assertThat(shop.find(stack).status())
                .as(shop.find(stack).reason())
                .isEqualTo("UPDATE_COMPLETE");
        assertThat(output(stack, "addresses").split(",")).hasSize(2);
        run(shop.previewDelete(stack));
        assertThat(place.state()).isEqualTo(bare);
    }

    @Test
    void aWholeTemplateOfAmazonsIsAStackInside() {
        var form =
                new StackForm(
                        null,
                        "outer",
                        """
                        AWSTemplateFormatVersion: '2010-09-09'
                        Resources:
                          inner:
                            Type: AWS::CloudFormation::Stack
                            Properties:
                              TemplateURL: https://example.org/inner.template
                              Parameters: { Text: hello }
                        Outputs:
                          said: { Value: { 'Fn::GetAtt': [inner, Outputs.said] } }
                        """,
                        "",
                        Map.of(
                                "https://example.org/inner.template",
                                """
                                AWSTemplateFormatVersion: '2010-09-09'
                                Parameters: { Text: { Type: String } }
                                Resources:
                                  one: { Type: 'OS::Heat::Value', Properties: { value: { Ref: Text } } }
                                Outputs:
                                  said: { Value: { 'Fn::GetAtt': [one, value] } }
                                """),
                        Map.of(),
                        null);
        var stack = run(shop.preview(form));
        assertThat(shop.find(stack).status()).isEqualTo("CREATE_COMPLETE");
        assertThat(output(stack, "said")).isEqualTo("hello");

        var without =
                shop.stacks.preview(
                        shop.viewer,
                        "alice",
                        new StackForm(null, "lost", form.template(), "", Map.of(), Map.of(), null));
        assertThat(without).isInstanceOf(PreviewOutcome.Refused.class);
        assertThat(((PreviewOutcome.Refused) without).diagnostics().errors().getFirst().detail())
                .contains("is not among the files of this stack");
        run(shop.previewDelete(stack));
        assertThat(shop.find(stack).status()).isEqualTo("DELETE_COMPLETE");
    }

    private UUID made(String template) {
        var stack = run(shop.preview(null, "web", template, Map.of()));
        assertThat(shop.find(stack).status())
                .as(shop.find(stack).reason())
                .isEqualTo("CREATE_COMPLETE");
        return stack;
    }

    private UUID run(StoredPlan plan) {
        var stack = ((ApplyOutcome.Started) shop.apply(plan)).stack();
        worker.turnUntilIdle();
        return stack;
    }

    private String call(String address) {
        var parts = address.substring(address.indexOf("/signals/") + 9).split("/");
        var outcome =
                shop.signals.called(
                        UUID.fromString(parts[0]), Long.parseLong(parts[1]), parts[2], "{}");
        return outcome instanceof SignalOutcome.Taken(var sentence) ? sentence : outcome.toString();
    }

    private long networks() {
        return shop
                .cloud()
                .as(
                        place.token,
                        os -> os.list(Request.get(Service.NETWORK, "/networks"), "networks"))
                .stream()
                .filter(network -> network.path("name").asString().startsWith("web-"))
                .count();
    }

    private int credentials() {
        return shop.cloud()
                .as(place.token, os -> new dev.stackwright.cloud.ApplicationCredentials(os).list())
                .size();
    }

    private String output(UUID stack, String name) {
        return shop.stacks.outputs(shop.viewer, stack).stream()
                .filter(one -> one.name().equals(name))
                .map(StackOutput::value)
                .map(value ->
                        switch (value) {
                            case Value.Text(var text) -> text;
                            case Value.Num(var number) -> number.toPlainString();
                            default -> value.toString();
                        })
                .findFirst()
                .orElseThrow();
    }
}

package dev.stackwright.operations.doctor;

import static dev.stackwright.operations.doctor.Ward.LONG_AGO;
import static dev.stackwright.operations.doctor.Ward.NOW;
import static dev.stackwright.operations.doctor.Ward.api;
import static dev.stackwright.operations.doctor.Ward.building;
import static dev.stackwright.operations.doctor.Ward.failed;
import static dev.stackwright.operations.doctor.Ward.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DoctorTest {

    private static final String NO_HOST =
            "No valid host was found. There are not enough hosts available.";

    @Test
    void aHealthyCloudIsLeftInPeace() {
        var ward =
                healthy()
                        .with(Ward.stopped("backup", "compute1", "stop", "alice"))
                        .with(justBuilding());

        assertThat(ward.examined()).isEmpty();
    }

    @Test
    void ofNothingNothingIsSaid() {
        assertThat(new Doctor().examine(Facts.at(NOW))).isEmpty();
    }

    @Test
    void withoutASchedulerAnInstanceWaitsForAHost() {
        var ward = healthy().silence("nova-scheduler").with(building(null, "scheduling"));

        var verdict = ward.ofPatient();

        assertThat(verdict.code()).isEqualTo(Code.NOVA_SCHEDULER_DOWN);
        assertThat(verdict.confidence()).isEqualTo(Confidence.CERTAIN);
        assertThat(verdict.since()).isEqualTo(LONG_AGO);
        assertThat(verdict.subject().id()).isEqualTo("worker-7");
        assertThat(verdict.symptom())
                .isEqualTo(new Symptom("BUILD", "scheduling", LONG_AGO, Duration.ofSeconds(6)));
        assertThat(verdict.evidence())
                .extracting(Evidence::key)
                .containsExactly("silent", "only-one");
        assertThat(verdict.cures()).containsExactly(Cure.WAIT, Cure.START_SERVICE);
        assertThat(ward.codes()).containsExactly(Code.NOVA_SCHEDULER_DOWN);
    }

    @Test
    void onlyThoseWhoWaitForTheSameAreCountedAsWaitingToo() {
        var ward =
                healthy()
                        .silence("nova-scheduler")
                        .with(building(null, "scheduling"))
                        .with(Ward.stopped("other", "compute1", "stop", "alice"));
        var elsewhere = Ward.instance("BUILD", "spawning", "compute1", null);
        ward.with(
                new Instance(
                        "worker-8",
                        "worker-8",
                        elsewhere.project(),
                        elsewhere.status(),
                        elsewhere.task(),
                        elsewhere.since(),
                        null,
                        elsewhere.host(),
                        null,
                        elsewhere.flavor(),
                        null,
                        List.of(),
                        null,
                        null,
                        elsewhere.usual()));

        assertThat(ward.ofPatient().evidence())
                .extracting(Evidence::key)
                .doesNotContain("others-wait");
    }

    @Test
    void aSchedulerThatAnotherStandsInForHoldsNobodyUp() {
        var ward = healthy();
        ward.beats.add(Ward.beat(Beat.Family.NOVA, "nova-scheduler", "control2"));
        ward.silence("nova-scheduler", "control").with(building(null, "scheduling"));

        assertThat(ward.ofPatient().code()).isEqualTo(Code.NO_KNOWN_CAUSE);
        assertThat(ward.codes()).contains(Code.NOVA_SCHEDULER_DOWN);
    }

    @Test
    void aSilentComputeIsNamedOnceAndForWhatWaitsOnIt() {
        var ward =
                healthy()
                        .silence("nova-compute", "compute2")
                        .with(building("compute2", "spawning"));

        assertThat(ward.codes()).containsExactly(Code.NOVA_COMPUTE_DOWN);
        assertThat(ward.ofPatient().terms())
                .containsExactly(
                        new Term.Text("nova-compute"),
                        new Term.Machine("compute2"),
                        new Term.Moment(LONG_AGO));
    }

    @Test
    void aComputeThatAnOperatorTookOutIsNoFaultAndStillWhyItsInstancesWait() {
        var ward = healthy().disable("nova-compute");
        ward.beats.replaceAll(beat ->
                beat.host().equals("compute2") && !beat.enabled() ? Ward.silent(beat) : beat);

        assertThat(ward.examined()).isEmpty();

        ward.with(building("compute2", "spawning"));
        assertThat(ward.ofPatient().code()).isEqualTo(Code.NOVA_COMPUTE_DOWN);
    }

    @Test
    void aConductorThatIsAwayMakesTheComputesSeemSilent() {
        var ward =
                healthy()
                        .silence("nova-conductor")
                        .silence("nova-compute")
                        .with(building(null, "scheduling"));

        assertThat(ward.codes()).containsExactly(Code.NOVA_CONDUCTOR_DOWN);
    }

    @Test
    void aBusThatIsGoneExplainsAllThatReportsOverIt() {
        var ward = healthy().silence("nova-compute").silence("neutron-openvswitch-agent");
        ward.bus = new Bus(true, LONG_AGO, "Connection refused", List.of());
        ward.with(building(null, "scheduling"));

        assertThat(ward.codes()).containsExactly(Code.BUS_DOWN);
        assertThat(ward.ofPatient().confidence()).isEqualTo(Confidence.CERTAIN);
    }

    @Test
    void withoutABusOfOurOwnThoseWhoFellSilentTogetherTellOfIt() {
        var ward = healthy().silence("nova-compute").silence("neutron-openvswitch-agent");
        ward.bus = Bus.NONE;

        assertThat(ward.examined())
                .singleElement()
                .returns(Code.BUS_DOWN, Verdict::code)
                .returns(Confidence.LIKELY, Verdict::confidence);
    }

    @Test
    void aBusThatOthersStillReportOverIsOnlyLostToUs() {
        var ward = healthy();
        ward.bus = new Bus(true, LONG_AGO, "Connection refused", List.of());

        assertThat(ward.codes()).containsExactly(Code.BUS_CUT_OFF);
    }

    @Test
    void whileTheBusHasJustGoneNobodyIsCalledSilent() {
        var ward = healthy().silence("neutron-openvswitch-agent");
        ward.bus = new Bus(true, NOW.minusSeconds(5), "Connection refused", List.of());

        assertThat(ward.examined()).isEmpty();
    }

    @Test
    void aQueueThatGrowsAndHasNoReaderIsADeafService() {
        var ward = healthy();
        ward.bus = new Bus(true, null, "", List.of(new Bus.Queue("scheduler", 41, 0, LONG_AGO)));

        assertThat(ward.examined())
                .singleElement()
                .returns(Code.QUEUE_UNREAD, Verdict::code)
                .returns(Confidence.CERTAIN, Verdict::confidence);
    }

    @Test
    void anApiThatNobodyServesIsNamedByItsProcess() {
        for (var name : Api.Name.values()) {
            var ward =
                    healthy().answering(api(name, Api.State.UNREACHABLE, "Nothing answers at :1"));

            assertThat(ward.codes()).as(name.process()).containsExactly(name.down());
        }
    }

    @Test
    void anApiThatWasAwayOnceIsNotDown() {
        var once = api(Api.Name.GLANCE, Api.State.DEAF, "");
        var ward =
                healthy()
                        .answering(
                                new Api(
                                        once.name(),
                                        once.state(),
                                        NOW,
                                        1,
                                        "",
                                        List.of(),
                                        null,
                                        List.of(),
                                        NOW));

        assertThat(ward.examined()).isEmpty();
    }

    @Test
    void whoCannotAskKeystoneFailsForItsSake() {
        var ward =
                healthy()
                        .answering(api(Api.Name.KEYSTONE, Api.State.UNREACHABLE, "refused"))
                        .answering(api(Api.Name.NOVA, Api.State.FAILING, "503"))
                        .answering(api(Api.Name.GLANCE, Api.State.FAILING, "503"));

        assertThat(ward.codes()).containsExactly(Code.KEYSTONE_DOWN);
    }

    @Test
    void neutronAwayHoldsUpWhatIsAtTheNetwork() {
        var ward =
                healthy()
                        .answering(api(Api.Name.NEUTRON, Api.State.UNREACHABLE, "refused"))
                        .with(building("compute1", "networking"));

        assertThat(ward.ofPatient().code()).isEqualTo(Code.NEUTRON_SERVER_DOWN);
    }

    @Test
    void glanceAwayHoldsUpWhatCopiesItsImage() {
        var ward =
                healthy()
                        .answering(api(Api.Name.GLANCE, Api.State.UNREACHABLE, "refused"))
                        .with(building("compute1", "spawning"));

        assertThat(ward.ofPatient().code()).isEqualTo(Code.GLANCE_DOWN);
    }

    @Test
    void glanceAwayIsWhyABuildFailedThatSpeaksOfIt() {
        var ward =
                healthy()
                        .answering(api(Api.Name.GLANCE, Api.State.UNREACHABLE, "refused"))
                        .with(failed("Connection to glance host http://127.0.0.1:9292 failed"));

        assertThat(ward.ofPatient().code()).isEqualTo(Code.GLANCE_DOWN);
    }

    @Test
    void placementAwayIsWhyNoHostWasFoundSince() {
        var ward =
                healthy()
                        .answering(api(Api.Name.PLACEMENT, Api.State.UNREACHABLE, "refused"))
                        .with(failed(NO_HOST));

        assertThat(ward.ofPatient().code()).isEqualTo(Code.PLACEMENT_DOWN);
    }

    @Test
    void aNeutronThatHasJustComeBackHasNotHeardFromItsAgentsYet() {
        var neutron = api(Api.Name.NEUTRON, Api.State.ANSWERS, "", 20);
        var ward =
                healthy()
                        .silence("neutron-openvswitch-agent")
                        .answering(
                                new Api(
                                        neutron.name(),
                                        neutron.state(),
                                        NOW.minusSeconds(20),
                                        2,
                                        "",
                                        neutron.took(),
                                        neutron.usual(),
                                        List.of(),
                                        NOW));

        assertThat(ward.examined()).isEmpty();
    }

    @Test
    void aSilentAgentIsWhyItsPortWasNotBound() {
        var ward =
                healthy()
                        .silence("neutron-openvswitch-agent", "compute1")
                        .with(
                                Ward.on(
                                        Ward.instance(
                                                "ERROR",
                                                null,
                                                "compute1",
                                                "Build of instance worker-7 aborted: Failed to"
                                                        + " allocate the network(s)"),
                                        new Port(
                                                "port-1",
                                                "DOWN",
                                                "binding_failed",
                                                "compute1",
                                                true,
                                                LONG_AGO)));

        assertThat(ward.ofPatient().code()).isEqualTo(Code.PORT_BINDING_FAILED);
        assertThat(ward.ofPatient().confidence()).isEqualTo(Confidence.CERTAIN);
        assertThat(ward.codes()).containsExactly(Code.NETWORK_AGENT_DOWN, Code.PORT_BINDING_FAILED);
    }

    @Test
    void anInstanceThatRunsWithoutItsPortIsNotReached() {
        var ward =
                healthy()
                        .with(
                                Ward.on(
                                        Ward.instance("ACTIVE", null, "compute1", null),
                                        new Port(
                                                "port-1",
                                                "DOWN",
                                                "ovs",
                                                "compute1",
                                                true,
                                                LONG_AGO)));

        assertThat(ward.codes()).containsExactly(Code.PORT_NOT_BOUND);
    }

    @Test
    void aPortThatIsSwitchedOffIsMeantToBeDown() {
        var ward =
                healthy()
                        .with(
                                Ward.on(
                                        Ward.instance("ACTIVE", null, "compute1", null),
                                        new Port(
                                                "port-1",
                                                "DOWN",
                                                "ovs",
                                                "compute1",
                                                false,
                                                LONG_AGO)));

        assertThat(ward.examined()).isEmpty();
    }

    @Test
    void aMachineOnWhichAllFellSilentIsGoneAsAWhole() {
        var ward =
                healthy()
                        .silence("nova-compute", "compute3")
                        .silence("neutron-openvswitch-agent", "compute3")
                        .with(building("compute3", "spawning"));

        assertThat(ward.codes()).containsExactly(Code.HOST_DOWN);
    }

    @Test
    void cinderVolumeAwayHoldsUpItsVolumes() {
        var ward =
                healthy()
                        .silence("cinder-volume")
                        .with(volume("creating", "store@fast#fast", LONG_AGO));

        assertThat(ward.ofPatient().code()).isEqualTo(Code.CINDER_VOLUME_DOWN);
    }

    @Test
    void cinderVolumeAwayHoldsUpAnInstanceThatWaitsForItsDisk() {
        var ward =
                healthy()
                        .silence("cinder-volume")
                        .with(building("compute1", "block_device_mapping"));

        assertThat(ward.ofPatient().code()).isEqualTo(Code.CINDER_VOLUME_DOWN);
    }

    @Test
    void aVolumeThatFailedWhereNothingIsLeftFoundNoPlace() {
        var ward = healthy();
        ward.pools.set(0, new Pool("store@fast#fast", 100, 0.4, NOW));
        ward.with(volume("error", null, LONG_AGO));

        assertThat(ward.codes()).containsExactly(Code.VOLUME_BACKEND_FULL);
        assertThat(ward.ofPatient().subject().kind()).isEqualTo(Subject.Kind.VOLUME);
    }

    @Test
    void anInstanceLargerThanAnyHostIsTooBig() {
        var ward =
                healthy()
                        .with(
                                Ward.wanting(
                                        failed(NO_HOST),
                                        new Flavor("m1.giant", 64, 4096, 20, Map.of())));

        assertThat(ward.ofPatient().code()).isEqualTo(Code.NO_HOST_TOO_BIG);
    }

    @Test
    void anInstanceThatFitsNowhereJustNowFoundTheCloudFull() {
        var ward = healthy().with(Ward.room(failed(NO_HOST)));

        assertThat(ward.ofPatient().code()).isEqualTo(Code.NO_HOST_FULL);
    }

    @Test
    void aFlavorThatAsksForAnAggregateThatNobodyServes() {
        var wants = Map.of("aggregate_instance_extra_specs:gpu", "a100");
        var ward = healthy();
        ward.aggregates.add(new Aggregate("ssd", Set.of("compute1"), Map.of("ssd", "true")));
        ward.with(Ward.wanting(failed(NO_HOST), Ward.flavor(wants)));

        assertThat(ward.ofPatient().code()).isEqualTo(Code.NO_HOST_AGGREGATE);
        assertThat(ward.ofPatient().terms()).containsExactly(new Term.Text("gpu = a100"));
    }

    @Test
    void aGroupThatMayNotShareHostsHasThemAll() {
        var ward = healthy();
        ward.groups.add(
                new Group(
                        "g-1",
                        "spread",
                        "anti-affinity",
                        Set.of("worker-1", "worker-2", "worker-3", "worker-7"),
                        Map.of(
                                "worker-1", "compute1",
                                "worker-2", "compute2",
                                "worker-3", "compute3")));
        ward.with(failed(NO_HOST));

        assertThat(ward.ofPatient().code()).isEqualTo(Code.NO_HOST_ANTI_AFFINITY);
    }

    @Test
    void whereEveryHostIsTakenOutThereIsNone() {
        var ward = healthy().disable("nova-compute").with(failed(NO_HOST));

        assertThat(ward.codes()).containsExactly(Code.NO_HOST_DISABLED);
    }

    @Test
    void noHostForNoReasonThatIsKnownIsSaidSo() {
        var ward = healthy().with(Ward.room(failed(NO_HOST), "compute1"));

        assertThat(ward.ofPatient().code()).isEqualTo(Code.NO_KNOWN_CAUSE);
    }

    @Test
    void aQuotaThatIsUsedUpIsInTheFault() {
        var ward =
                healthy()
                        .with(
                                failed(
                                        "Build of instance worker-7 aborted: VolumeSizeExceeds"
                                                + "AvailableQuota: Requested volume or snapshot"
                                                + " exceeds allowed gigabytes quota."));

        assertThat(ward.ofPatient().code()).isEqualTo(Code.QUOTA_EXHAUSTED);
    }

    @Test
    void anImageThatIsLargerThanTheDiskOfTheFlavor() {
        var ward =
                healthy()
                        .with(
                                Ward.from(
                                        failed(
                                                "Flavor's disk is too small for requested image."
                                                        + " Flavor disk is 21474836480 bytes"),
                                        new Instance.Image("i-1", "windows", "ACTIVE", 40, 0, 0)));

        assertThat(ward.ofPatient().code()).isEqualTo(Code.IMAGE_TOO_LARGE);
        assertThat(ward.ofPatient().evidence())
                .extracting(Evidence::key)
                .containsExactly("fault", "image");
    }

    @Test
    void keystoneThatRefusesTheAccountIsNamed() {
        var ward = healthy();
        ward.account =
                new Account(LONG_AGO, 4, "The request you have made requires authentication");

        assertThat(ward.codes()).containsExactly(Code.KEYSTONE_REFUSES);
    }

    @Test
    void keystoneThatTakesItsTimeIsSlow() {
        var ward =
                healthy().answering(api(Api.Name.KEYSTONE, Api.State.ANSWERS, "", 900, 1300, 700));

        assertThat(ward.codes()).containsExactly(Code.KEYSTONE_SLOW);
    }

    @Test
    void oneLateAnswerAmongQuickOnesIsNothing() {
        var ward =
                healthy()
                        .answering(
                                api(Api.Name.KEYSTONE, Api.State.ANSWERS, "", 30, 3900, 20, 700));

        assertThat(ward.examined()).isEmpty();
    }

    @Test
    void onABusyMachineKeystoneIsNotBlamed() {
        var ward = healthy();
        for (var name : Api.Name.values()) {
            ward.answering(api(name, Api.State.ANSWERS, "", 250, 310, 280));
        }
        ward.answering(api(Api.Name.KEYSTONE, Api.State.ANSWERS, "", 610, 700, 590));

        assertThat(ward.examined()).isEmpty();
    }

    @Test
    void whereAllIsSlowKeystoneIsNotBlamed() {
        var ward = healthy();
        for (var name : Api.Name.values()) {
            ward.answering(api(name, Api.State.ANSWERS, "", 900, 1300, 700));
        }

        assertThat(ward.examined()).isEmpty();
    }

    @Test
    void aTableThatNobodyCanReadShowsAsSilenceAboutItAlone() {
        var nova = api(Api.Name.NOVA, Api.State.ANSWERS, "", 20, 20, 20);
        var ward =
                healthy()
                        .answering(
                                new Api(
                                        nova.name(),
                                        nova.state(),
                                        LONG_AGO,
                                        3,
                                        "",
                                        nova.took(),
                                        nova.usual(),
                                        List.of("instances"),
                                        NOW));

        assertThat(ward.codes()).containsExactly(Code.DATABASE_STUCK);
    }

    @Test
    void instancesThatStoppedTogetherAndWereStoppedByNobodyTellThatTheirHostWasAway() {
        var ward =
                healthy()
                        .with(Ward.stopped("web-1", "compute1", "reboot", "alice"))
                        .with(Ward.stopped("web-2", "compute1", "stop", null))
                        .with(Ward.stopped("web-3", "compute1", "stop", "alice"))
                        .with(Ward.stopped("web-4", "compute2", "start", "alice"));

        assertThat(ward.examined())
                .extracting(verdict -> verdict.code() + " " + verdict.subject().id())
                .containsExactly(
                        "HOST_RETURNED compute1", "HOST_RETURNED web-1", "HOST_RETURNED web-2");
    }

    @Test
    void aReportFromTheFutureIsAClockThatIsAhead() {
        var ward = healthy();
        var beat = ward.beats.getFirst();
        ward.beats.set(
                0,
                new Beat(
                        beat.family(),
                        beat.binary(),
                        beat.host(),
                        true,
                        true,
                        false,
                        null,
                        NOW.plus(Duration.ofMinutes(3)),
                        beat.read()));

        assertThat(ward.codes()).containsExactly(Code.CLOCK_SKEW);
    }

    @Test
    void aCertificateThatIsPastItsTimeIsNamed() {
        var ward =
                healthy()
                        .answering(
                                api(
                                        Api.Name.KEYSTONE,
                                        Api.State.EXPIRED,
                                        "PKIX path validation failed: certificate expired"));

        assertThat(ward.codes()).containsExactly(Code.CERTIFICATE_EXPIRED);
    }

    @Test
    void whatWasReadLongAgoSaysNothingOfNow() {
        var ward = healthy().silence("nova-scheduler");
        ward.beats.replaceAll(beat ->
                new Beat(
                        beat.family(),
                        beat.binary(),
                        beat.host(),
                        beat.alive(),
                        beat.enabled(),
                        beat.forcedDown(),
                        beat.reason(),
                        beat.heard(),
                        NOW.minus(Duration.ofMinutes(5))));

        assertThat(ward.examined()).isEmpty();
    }

    @Test
    void whatNoRuleExplainsIsSaidToBeUnknownWithWhatWasMeasured() {
        var ward = healthy().with(building("compute1", "spawning"));

        var verdict = ward.ofPatient();

        assertThat(verdict.code()).isEqualTo(Code.NO_KNOWN_CAUSE);
        assertThat(verdict.confidence()).isEqualTo(Confidence.UNKNOWN);
        assertThat(verdict.evidence())
                .extracting(Evidence::key)
                .containsExactly("reports", "apis-answer");
    }

    private static Instance justBuilding() {
        var old = building(null, "scheduling");
        return new Instance(
                old.id(),
                old.name(),
                old.project(),
                old.status(),
                old.task(),
                NOW.minusSeconds(9),
                null,
                null,
                null,
                old.flavor(),
                null,
                List.of(),
                null,
                null,
                old.usual());
    }

    private static Volume volume(
            String status,
            @org.jspecify.annotations.Nullable String host,
            java.time.Instant since) {
        return new Volume("data", "data", "shop", status, since, 10, "fast", host, null);
    }
}

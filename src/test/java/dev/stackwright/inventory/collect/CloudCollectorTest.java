package dev.stackwright.inventory.collect;

import static dev.stackwright.inventory.TestInventory.ADA;
import static dev.stackwright.inventory.TestInventory.ALICE;
import static dev.stackwright.inventory.TestInventory.BOB;
import static dev.stackwright.inventory.TestInventory.CHARLIE;
import static dev.stackwright.inventory.TestInventory.NORTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Service;
import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.InventoryChanged;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectQuery;
import dev.stackwright.inventory.QuotaLine;
import dev.stackwright.inventory.ServerQuery;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.inventory.StatusCount;
import dev.stackwright.inventory.TestInventory;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.notification.Notification;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"h2", "postgresql"})
class CloudCollectorTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    /** A clock that stands until it is moved. */
    private static final class HandClock extends Clock {
        Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    private final HandClock clock = new HandClock();
    private final FakeCloud cloud =
            new FakeCloud()
                    .with(
                            "/flavors",
                            "small",
                            "{'id':'small','name':'m1.small','vcpus':2,'ram':2048,'disk':20}")
                    .with(
                            "/images",
                            "image-1",
                            "{'id':'image-1','name':'debian','visibility':'public','status':'active','owner':'infra'}");
    private final List<InventoryChanged> told = new ArrayList<>();
    private final TestInventory house;
    private final Inventory inventory;
    private final CloudCollector collector;

    CloudCollectorTest(String kind) {
        house = new TestInventory(kind.equals("h2") ? Databases.h2() : Databases.postgres(), clock);
        inventory = house.inventory;
        collector =
                new CloudCollector(
                        cloud,
                        house.collected,
                        house.states,
                        TestInventory.SETTINGS,
                        house.transaction,
                        event -> told.add((InventoryChanged) event),
                        new SimpleMeterRegistry(),
                        clock);
    }

    @Test
    void aServerThatTheCloudListsIsInItsProjectsList() {
        cloud.server("s-1", "shop", "web", "ACTIVE").server("s-2", "lab", "bench", "ACTIVE");

        sweep(Kind.IMAGE, Kind.SERVER);

        assertThat(servers(ALICE))
                .singleElement()
                .returns("web", ServerRow::name)
                .returns("m1.small", ServerRow::flavor)
                .returns(2048L, ServerRow::memoryMb)
                .returns("debian", ServerRow::image)
                .returns(List.of("10.0.0.5"), ServerRow::addresses)
                .returns(Instant.parse("2026-11-22T11:00:00Z"), ServerRow::statusSince);
        assertThat(servers(BOB)).hasSize(1);
        assertThat(servers(CHARLIE)).extracting(ServerRow::name).containsExactly("bench");
        assertThat(inventory.server(CHARLIE, "s-1")).isEmpty();
        assertThat(told).anySatisfy(event -> assertThat(event.ids()).contains("s-1", "s-2"));
    }

    @Test
    void aFailureIsLookedAtAgainUntilItsReasonIsThere() {
        var failed =
                "{'id':'s-1','tenant_id':'shop','user_id':'alice','name':'web','status':'ERROR',"
                        + "'created':'2026-11-22T11:59:58Z','updated':'2026-11-22T11:59:59Z'%s}";
        cloud.with("/servers", "s-1", failed.formatted(""));
        sweep(Kind.IMAGE, Kind.SERVER);
        cloud.with(
                "/servers",
                "s-1",
                failed.formatted(",'fault':{'message':'No valid host was found.'}"));
        clock.pass(Duration.ofSeconds(3));

        collector.refreshTouched();

        assertThat(servers(ALICE))
                .singleElement()
                .returns("No valid host was found.", ServerRow::fault);
    }

    @Test
    void everyProjectIsForAdministratorsAlone() {
        cloud.server("s-1", "shop", "web", "ACTIVE").server("s-2", "lab", "bench", "ACTIVE");
        sweep(Kind.SERVER);
        var everything =
                new ServerQuery(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        ServerQuery.Sort.NAME,
                        false,
                        50,
                        null,
                        true);

        assertThat(inventory.servers(ADA, everything).rows()).hasSize(2);
        assertThat(inventory.servers(ALICE, everything).rows()).isEmpty();
        assertThat(servers(ADA)).isEmpty();
    }

    @Test
    void aServerThatWentLeavesItsNameBehind() {
        cloud.server("s-1", "shop", "web", "ACTIVE").server("s-2", "shop", "db", "ACTIVE");
        sweep(Kind.SERVER);
        var before = inventory.revision(NORTH, ALICE.project());
        cloud.without("/servers", "s-1");

        sweep(Kind.SERVER);

        assertThat(servers(ALICE)).extracting(ServerRow::id).containsExactly("s-2");
        assertThat(inventory.tombstone(ALICE, Kind.SERVER, "s-1"))
                .hasValueSatisfying(gone -> assertThat(gone.name()).isEqualTo("web"));
        assertThat(inventory.tombstone(CHARLIE, Kind.SERVER, "s-1")).isEmpty();
        assertThat(inventory.serversSince(ALICE, before).gone()).containsExactly("s-1");
    }

    @Test
    void whatAListOverlooksIsNotTakenForDeleted() {
        cloud.server("s-1", "shop", "web", "ACTIVE");
        sweep(Kind.SERVER);
        cloud.overlooked.add("s-1");

        sweep(Kind.SERVER);

        assertThat(servers(ALICE)).hasSize(1);
    }

    @Test
    void aCloudThatFailsLeavesWhatIsKnownAndSaysWhy() {
        cloud.server("s-1", "shop", "web", "ACTIVE");
        sweep(Kind.SERVER);
        cloud.failing =
                new CloudFailure(CloudFailure.Kind.SERVER_ERROR, Service.COMPUTE, "is on fire");
        clock.pass(Duration.ofMinutes(4));

        sweep(Kind.SERVER);

        assertThat(servers(ALICE)).hasSize(1);
        var freshness = inventory.freshness(NORTH).of(Kind.SERVER).orElseThrow();
        assertThat(freshness.trouble()).contains("Nova").contains("on fire");
        assertThat(freshness.swept()).isEqualTo(NOON);
        assertThat(freshness.isStale(clock.now)).isTrue();

        cloud.failing = null;
        sweep(Kind.SERVER);
        assertThat(inventory.freshness(NORTH).of(Kind.SERVER).orElseThrow().trouble()).isNull();
    }

    @Test
    void onlyWhatIsDifferentMovesTheRevision() {
        cloud.server("s-1", "shop", "web", "ACTIVE").server("s-2", "lab", "bench", "ACTIVE");
        sweep(Kind.SERVER);
        var shop = inventory.revision(NORTH, ALICE.project());
        var lab = inventory.revision(NORTH, CHARLIE.project());

        sweep(Kind.SERVER);
        assertThat(inventory.revision(NORTH, ALICE.project())).isEqualTo(shop);

        cloud.server("s-1", "shop", "web", "SHUTOFF");
        sweep(Kind.SERVER);
        assertThat(inventory.revision(NORTH, ALICE.project())).isGreaterThan(shop);
        assertThat(inventory.revision(NORTH, CHARLIE.project())).isEqualTo(lab);
        assertThat(inventory.serversSince(ALICE, shop).changed())
                .extracting(ServerRow::status)
                .containsExactly("SHUTOFF");
        assertThat(inventory.serverCounts(ALICE)).containsExactly(new StatusCount("SHUTOFF", 1));
    }

    @Test
    void aNotificationBringsJustItsObject() {
        cloud.server("s-1", "shop", "web", "BUILD");
        sweep(Kind.SERVER);
        cloud.server("s-1", "shop", "web", "ACTIVE");
        cloud.asked.clear();

        notified("compute.instance.create.end", "{\"instance_id\": \"s-1\"}");
        collector.refreshTouched();
        assertThat(cloud.asked).isEmpty();
        clock.pass(Duration.ofSeconds(1));
        collector.refreshTouched();

        assertThat(servers(ALICE)).extracting(ServerRow::status).containsExactly("ACTIVE");
        assertThat(cloud.asked).containsExactly("/servers/s-1", "/servers/s-1/os-instance-actions");
        assertThat(inventory.freshness(NORTH).of(Kind.SERVER).orElseThrow().notified())
                .isEqualTo(NOON);
    }

    @Test
    void aNotificationOfADeletionRemovesTheObject() {
        cloud.server("s-1", "shop", "web", "ACTIVE");
        sweep(Kind.SERVER);
        cloud.without("/servers", "s-1");

        notified("compute.instance.delete.end", "{\"instance_id\": \"s-1\"}");
        clock.pass(Duration.ofSeconds(1));
        collector.refreshTouched();

        assertThat(servers(ALICE)).isEmpty();
    }

    @Test
    void whatIsOnItsWayIsLookedAtAgainWithoutAnyNotification() {
        cloud.server("s-1", "shop", "web", "BUILD")
                .with(
                        "/servers",
                        "s-1",
                        "{'id':'s-1','tenant_id':'shop','user_id':'alice','name':'web','status':'BUILD','created':'2026-11-22T11:59:58Z','updated':'2026-11-22T11:59:58Z','flavor':{'id':'small'}}");
        sweep(Kind.SERVER);
        cloud.server("s-1", "shop", "web", "ACTIVE");

        clock.pass(Duration.ofSeconds(3));
        collector.refreshTouched();

        assertThat(servers(ALICE)).extracting(ServerRow::status).containsExactly("ACTIVE");
    }

    @Test
    void aSweepDoesNotOverwriteWhatWasSeenAfterItsPage() {
        cloud.server("s-1", "shop", "web", "BUILD");
        sweep(Kind.SERVER);
        cloud.betweenPages =
                () -> {
                    cloud.betweenPages = () -> {};
                    clock.pass(Duration.ofSeconds(1));
                    cloud.server("s-1", "shop", "web", "ACTIVE");
                    inventory.touch(NORTH, Kind.SERVER, "s-1");
                    collector.refreshTouched();
                };
        cloud.server("s-1", "shop", "web", "REBOOT");

        sweep(Kind.SERVER);

        assertThat(servers(ALICE)).extracting(ServerRow::status).containsExactly("ACTIVE");
    }

    @Test
    void theActionLogComesWithTheFirstLook() {
        cloud.server("s-1", "shop", "web", "ACTIVE")
                .with(
                        "/servers/s-1/os-instance-actions",
                        "",
                        "{'instanceActions':[{'request_id':'req-1','action':'create','start_time':'2026-11-22T10:00:00.000000','user_id':'alice'}]}")
                .with(
                        "/servers/s-1/os-instance-actions/req-1",
                        "",
                        "{'instanceAction':{'events':[{'event':'compute__do_build','start_time':'2026-11-22T10:00:01.000000','finish_time':'2026-11-22T10:00:04.000000','result':'Success'}]}}");
        sweep(Kind.SERVER);
        assertThat(inventory.server(ALICE, "s-1").orElseThrow().actions()).isEmpty();

        collector.refreshTouched();

        assertThat(inventory.server(ALICE, "s-1").orElseThrow().actions())
                .singleElement()
                .satisfies(action -> {
                    assertThat(action.action()).isEqualTo("create");
                    assertThat(action.events())
                            .singleElement()
                            .satisfies(event ->
                                    assertThat(event.finished()).isEqualTo("2026-11-22T10:00:04Z"));
                });
    }

    @Test
    void imagesAreSeenByWhomGlanceShowsThem() {
        cloud.with(
                        "/images",
                        "own",
                        "{'id':'own','name':'own','visibility':'private','owner':'shop','status':'active'}")
                .with(
                        "/images",
                        "shared",
                        "{'id':'shared','name':'shared','visibility':'shared','owner':'infra','status':'active'}")
                .with("/images/shared/members", "m1", "{'member_id':'shop','status':'accepted'}")
                .with("/images/shared/members", "m2", "{'member_id':'lab','status':'pending'}")
                .with(
                        "/images",
                        "community",
                        "{'id':'community','name':'community','visibility':'community','owner':'infra','status':'active'}")
                .with(
                        "/images",
                        "hidden",
                        "{'id':'hidden','name':'hidden','visibility':'public','os_hidden':true,'owner':'infra','status':'active'}");

        sweep(Kind.IMAGE);

        assertThat(names(ALICE, Kind.IMAGE)).containsExactly("debian", "own", "shared");
        assertThat(names(CHARLIE, Kind.IMAGE)).containsExactly("debian");
        assertThat(inventory.find(CHARLIE, Kind.IMAGE, "community")).isPresent();
        assertThat(inventory.find(CHARLIE, Kind.IMAGE, "own")).isEmpty();
    }

    @Test
    void networksAreSeenByWhomRbacLetsIn() {
        cloud.with("/networks", "own", "{'id':'own','name':'own','project_id':'shop'}")
                .with(
                        "/networks",
                        "for-lab",
                        "{'id':'for-lab','name':'for-lab','project_id':'shop'}")
                .with(
                        "/networks",
                        "public",
                        "{'id':'public','name':'public','project_id':'infra','router:external':true}")
                .with(
                        "/networks",
                        "shared",
                        "{'id':'shared','name':'shared','project_id':'infra','shared':true}")
                .with(
                        "/rbac-policies",
                        "r1",
                        "{'object_id':'for-lab','target_tenant':'lab','action':'access_as_shared'}")
                .with(
                        "/subnets",
                        "s1",
                        "{'id':'s1','name':'of-for-lab','project_id':'shop','network_id':'for-lab'}")
                .with(
                        "/subnets",
                        "s2",
                        "{'id':'s2','name':'of-public','project_id':'infra','network_id':'public'}")
                .with(
                        "/ports",
                        "p1",
                        "{'id':'p1','name':'of-lab-on-for-lab','project_id':'lab','network_id':'for-lab'}");

        sweep(Kind.NETWORK, Kind.SUBNET, Kind.PORT);

        assertThat(names(ALICE, Kind.NETWORK))
                .containsExactly("for-lab", "own", "public", "shared");
        assertThat(names(CHARLIE, Kind.NETWORK)).containsExactly("for-lab", "public", "shared");
        assertThat(names(CHARLIE, Kind.SUBNET)).containsExactly("of-for-lab");
        assertThat(names(ALICE, Kind.PORT)).containsExactly("of-lab-on-for-lab");
        cloud.without("/rbac-policies", "r1");
        sweep(Kind.NETWORK);
        assertThat(names(CHARLIE, Kind.NETWORK)).containsExactly("public", "shared");
    }

    @Test
    void securityGroupsThatTheAccountMayNotSeeAreReadWithAPersonsToken() {
        cloud.with("/security-groups", "g1", "{'id':'g1','name':'default','project_id':'shop'}");
        collector.readOwn(cloud, "shop");
        cloud.without("/security-groups", "g1")
                .with(
                        "/security-groups",
                        "g2",
                        "{'id':'g2','name':'default','project_id':'admin'}");

        sweep(Kind.SECURITY_GROUP);

        assertThat(names(ALICE, Kind.SECURITY_GROUP)).containsExactly("default");
        assertThat(names(CHARLIE, Kind.SECURITY_GROUP)).isEmpty();
        collector.readOwn(new FakeCloud(), "shop");
        assertThat(names(ALICE, Kind.SECURITY_GROUP)).isEmpty();
    }

    /** The cloud shows the group to nobody here: only the bus speaks of it. */
    @Test
    void securityGroupsThatTheAccountMayNotSeeAreTakenFromTheBus() {
        toldOfGroup("create", "web", 1);
        assertThat(names(ALICE, Kind.SECURITY_GROUP)).containsExactly("web");
        assertThat(names(CHARLIE, Kind.SECURITY_GROUP)).isEmpty();

        toldOfRule("create", "r1");
        toldOfRule("create", "r2");
        toldOfRule("create", "r2");
        toldOfRule("delete", "r1");
        assertThat(
                        inventory
                                .objects(ALICE, Kind.SECURITY_GROUP)
                                .getFirst()
                                .facts()
                                .path("security_group_rules")
                                .findValuesAsString("id"))
                .containsExactly("r2");

        toldOfGroup("update", "late", 0);
        toldOfGroup("update", "site", 5);
        collector.refreshTouched();
        assertThat(names(ALICE, Kind.SECURITY_GROUP)).containsExactly("site");

        notified("security_group.delete.end", "{\"security_group_id\":\"g7\"}");
        assertThat(names(ALICE, Kind.SECURITY_GROUP)).isEmpty();
        toldOfRule("create", "r3");
        notified("security_group.create.end", "{\"security_group\":{\"id\":7}}");
        assertThat(names(ALICE, Kind.SECURITY_GROUP)).isEmpty();
    }

    private void toldOfGroup(String what, String name, int revision) {
        notified(
                "security_group." + what + ".end",
                """
                {"security_group": {"id": "g7", "name": "%s", "project_id": "shop",
                 "revision_number": %d, "security_group_rules": []}}
                """
                        .formatted(name, revision));
    }

    private void toldOfRule(String what, String id) {
        notified(
                "security_group_rule." + what + ".end",
                """
                {"security_group_rule": {"id": "%s", "security_group_id": "g7"}}
                """
                        .formatted(id));
    }

    @Test
    void flavorsTypesAndKeypairsAreSeenByWhomTheyAreFor() {
        cloud.with("/flavors", "f1", "{'id':'f1','name':'big','os-flavor-access:is_public':false}")
                .with("/flavors/f1/os-flavor-access", "a", "{'tenant_id':'lab'}")
                .with(
                        "/types",
                        "t1",
                        "{'id':'t1','name':'fast','is_public':false,'os-volume-type-access:is_public':false}")
                .with("/types/t1/os-volume-type-access", "a", "{'project_id':'shop'}")
                .with("/users", "alice", "{'id':'alice'}")
                .with("/os-keypairs", "k", "{'keypair':{'name':'laptop','fingerprint':'aa'}}");

        sweep(Kind.FLAVOR, Kind.VOLUME_TYPE, Kind.KEYPAIR);

        assertThat(names(ALICE, Kind.FLAVOR)).containsExactly("m1.small");
        assertThat(names(CHARLIE, Kind.FLAVOR)).containsExactly("big", "m1.small");
        assertThat(names(ALICE, Kind.VOLUME_TYPE)).containsExactly("fast");
        assertThat(names(CHARLIE, Kind.VOLUME_TYPE)).isEmpty();
        assertThat(names(ALICE, Kind.KEYPAIR)).containsExactly("laptop");
        assertThat(names(BOB, Kind.KEYPAIR)).isEmpty();
        assertThat(inventory.find(ALICE, Kind.KEYPAIR, "laptop")).isPresent();
    }

    @Test
    void whatTheCloudIsMadeOfIsForAdministrators() {
        cloud.with(
                "/os-hypervisors",
                "h1",
                "{'id':'h1','hypervisor_hostname':'compute1','state':'up'}");

        sweep(Kind.HYPERVISOR);

        assertThat(names(ADA, Kind.HYPERVISOR)).containsExactly("compute1");
        assertThat(names(ALICE, Kind.HYPERVISOR)).isEmpty();
    }

    @Test
    void quotasAreReadForEachProjectAndAgainWhereSomethingHappened() {
        cloud.with("/projects", "shop", "{'id':'shop','name':'shop'}")
                .with(
                        "/os-quota-sets/shop/detail",
                        "",
                        "{'quota_set':{'id':'shop','cores':{'limit':20,'in_use':4,'reserved':1},'instances':{'limit':-1,'in_use':2,'reserved':0}}}");
        sweep(Kind.PROJECT);

        collector.readQuotas();

        assertThat(inventory.quota(ALICE))
                .containsExactly(
                        new QuotaLine("compute", "cores", 20L, 5),
                        new QuotaLine("compute", "instances", null, 2));
        assertThat(inventory.quota(CHARLIE)).isEmpty();
        cloud.asked.clear();
        collector.readQuotas();
        assertThat(cloud.asked).isEmpty();

        cloud.server("s-1", "shop", "web", "ACTIVE");
        sweep(Kind.SERVER);
        clock.pass(Duration.ofSeconds(3));
        cloud.asked.clear();
        collector.readQuotas();
        assertThat(cloud.asked).contains("/os-quota-sets/shop/detail");
    }

    @Test
    void namesThatMeanHarmAreStoredAndFoundAsTheyAre() {
        var names =
                List.of(
                        "<img src=x onerror=alert(1)>",
                        "=cmd|' /C calc'!A0",
                        "\u202Egnp.exe",
                        "\u001b[31mred",
                        "\uD83D\uDE00".repeat(255),
                        "100%_!done",
                        "half \uD83D of it");
        for (var i = 0; i < names.size(); i++) {
            cloud.server("s-" + i, "shop", names.get(i), "ACTIVE");
        }
        cloud.server("s-nul", "shop", "before\0after", "ACTIVE")
                .with("/networks", "n", "{'id':'n','name':'net\\u0000work','project_id':'shop'}");

        sweep(Kind.SERVER, Kind.NETWORK);

        assertThat(servers(ALICE))
                .extracting(ServerRow::name)
                .contains(
                        "<img src=x onerror=alert(1)>",
                        "=cmd|' /C calc'!A0",
                        "\u202Egnp.exe",
                        "\u001b[31mred",
                        "\uD83D\uDE00".repeat(255),
                        "beforeafter");
        assertThat(named("100%_")).containsExactly("100%_!done");
        assertThat(named("%")).containsExactly("100%_!done");
        assertThat(named("\uD83D\uDE00\uD83D\uDE00")).hasSize(1);
        assertThat(named("\0")).isNotNull();
        assertThat(names(ALICE, Kind.NETWORK)).containsExactly("network");
        assertThat(inventory.find(ALICE, Kind.NETWORK, "n\0").isPresent()).isTrue();
    }

    @Test
    void pagesNeitherSkipNorRepeatInEitherDirection() {
        for (var i = 0; i < 25; i++) {
            cloud.server(
                    "s-%02d".formatted(i),
                    "shop",
                    "web-" + (i % 3),
                    i % 2 == 0 ? "ACTIVE" : "SHUTOFF");
        }
        sweep(Kind.SERVER);

        for (var sort : ServerQuery.Sort.values()) {
            for (var descending : List.of(true, false)) {
                var query =
                        new ServerQuery(
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                sort,
                                descending,
                                10,
                                null,
                                false);
                var first = inventory.servers(ALICE, query);
                var second = inventory.servers(ALICE, query.withCursor(first.next()));
                var third = inventory.servers(ALICE, query.withCursor(second.next()));
                var all = new ArrayList<>(first.rows());
                all.addAll(second.rows());
                all.addAll(third.rows());

                assertThat(all).extracting(ServerRow::id).hasSize(25).doesNotHaveDuplicates();
                assertThat(first.previous()).isNull();
                assertThat(third.next()).isNull();
                assertThat(inventory.servers(ALICE, query.withCursor(third.previous())).rows())
                        .isEqualTo(second.rows());
                assertThat(inventory.servers(ALICE, query.withCursor(second.previous())))
                        .returns(first.rows(), page -> page.rows())
                        .returns(null, page -> page.previous());
            }
        }
        for (var sort : ServerQuery.Sort.values()) {
            for (var descending : List.of(true, false)) {
                for (var status : List.of("ACTIVE", "SHUTOFF")) {
                    var query = inStatus(status, sort, descending);
                    var there = new ArrayList<ServerRow>();
                    var page = inventory.servers(ALICE, query);
                    there.addAll(page.rows());
                    while (page.next() != null) {
                        page = inventory.servers(ALICE, query.withCursor(page.next()));
                        there.addAll(page.rows());
                    }
                    var back = new ArrayList<>(page.rows());
                    while (page.previous() != null) {
                        page = inventory.servers(ALICE, query.withCursor(page.previous()));
                        back.addAll(0, page.rows());
                    }

                    assertThat(there)
                            .hasSize(status.equals("ACTIVE") ? 13 : 12)
                            .doesNotHaveDuplicates()
                            .allMatch(row -> row.status().equals(status))
                            .isEqualTo(back);
                }
            }
        }
        var nonsense = inventory.servers(ALICE, ServerQuery.NEWEST.withCursor("%%%"));
        assertThat(nonsense.rows()).hasSize(25);
    }

    private static ServerQuery inStatus(String status, ServerQuery.Sort sort, boolean descending) {
        return new ServerQuery(
                null, status, null, null, null, null, sort, descending, 4, null, false);
    }

    @Test
    void aListByStatusGoesByNameWithinEachStatus() {
        cloud.server("s-1", "shop", "web", "ACTIVE")
                .server("s-2", "shop", "app", "ERROR")
                .server("s-3", "shop", "db", "ACTIVE")
                .server("s-4", "shop", "cache", "ERROR");
        sweep(Kind.SERVER);
        var query =
                new ServerQuery(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        ServerQuery.Sort.STATUS,
                        false,
                        3,
                        null,
                        false);

        var first = inventory.servers(ALICE, query);
        var second = inventory.servers(ALICE, query.withCursor(first.next()));

        assertThat(first.rows()).extracting(ServerRow::name).containsExactly("db", "web", "app");
        assertThat(second.rows()).extracting(ServerRow::name).containsExactly("cache");
    }

    @Test
    void filtersBehaveAsTheySay() {
        cloud.server("s-1", "shop", "Web", "ACTIVE").server("s-2", "shop", "db", "SHUTOFF");
        sweep(Kind.IMAGE, Kind.SERVER);

        assertThat(named("WE")).containsExactly("Web");
        assertThat(filtered(null, "SHUTOFF", null, null, null)).containsExactly("db");
        assertThat(filtered("m1.small", null, null, null, null)).hasSize(2);
        assertThat(filtered(null, null, "image-1", "10.0.", null)).hasSize(2);
        assertThat(filtered(null, null, null, "0.0.", null)).isEmpty();
        assertThat(filtered(null, null, null, null, "compute1")).isEmpty();
    }

    @Test
    void oneOwnerAtATimeHoldsTheLease() {
        assertThat(house.states.lease(NORTH, "one")).isTrue();
        assertThat(house.states.lease(NORTH, "two")).isFalse();
        assertThat(house.states.lease(NORTH, "one")).isTrue();
        house.states.release(NORTH, "one");
        assertThat(house.states.lease(NORTH, "two")).isTrue();
    }

    private void sweep(Kind... kinds) {
        for (var kind : kinds) {
            collector.sweep(kind);
        }
    }

    private void notified(String event, String payload) {
        var notification =
                new Notification(
                        NORTH,
                        "m",
                        "nova",
                        "info",
                        event,
                        "compute",
                        clock.now,
                        FakeCloud.JSON.readTree(payload),
                        null,
                        null,
                        null);
        house.transaction.executeWithoutResult(_ ->
                new TouchListener(house.states, new ToldGroups(house.collected), clock)
                        .received(List.of(notification)));
    }

    private List<ServerRow> servers(Viewer viewer) {
        return inventory.servers(viewer, ServerQuery.NEWEST).rows();
    }

    private List<String> named(String name) {
        return inventory
                .servers(
                        ALICE,
                        new ServerQuery(
                                name,
                                null,
                                null,
                                null,
                                null,
                                null,
                                ServerQuery.Sort.NAME,
                                false,
                                50,
                                null,
                                false))
                .rows()
                .stream()
                .map(ServerRow::name)
                .toList();
    }

    private List<String> filtered(
            @Nullable String flavor,
            @Nullable String status,
            @Nullable String image,
            @Nullable String address,
            @Nullable String host) {
        return inventory
                .servers(
                        ALICE,
                        new ServerQuery(
                                null,
                                status,
                                host,
                                flavor,
                                image,
                                address,
                                ServerQuery.Sort.NAME,
                                false,
                                50,
                                null,
                                false))
                .rows()
                .stream()
                .map(ServerRow::name)
                .toList();
    }

    private List<String> names(Viewer viewer, Kind kind) {
        return inventory.objects(viewer, kind, ObjectQuery.FIRST).rows().stream()
                .map(CloudObject::name)
                .toList();
    }
}

package dev.stackwright.inventory;

import static dev.stackwright.inventory.TestInventory.ADA;
import static dev.stackwright.inventory.TestInventory.ALICE;
import static dev.stackwright.inventory.TestInventory.CHARLIE;
import static dev.stackwright.inventory.TestInventory.NORTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.inventory.collect.Objects;
import dev.stackwright.inventory.store.Access;
import dev.stackwright.kernel.Viewer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything is found by what people know of it, and by nobody who may not see it. */
@ParameterizedClass
@ValueSource(strings = {"h2", "postgresql"})
class SearchTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final TestInventory house;
    private final Inventory inventory;

    SearchTest(String database) {
        house =
                new TestInventory(
                        database.equals("h2") ? Databases.h2() : Databases.postgres(),
                        Clock.systemUTC());
        inventory = house.inventory;
        store(
                Kind.VOLUME,
                "{'id':'3f2a9c1d-0000','name':'Shop-data_nightly','status':'in-use',"
                        + "'os-vol-tenant-attr:tenant_id':'shop','created_at':'2026-11-01T10:00:00',"
                        + "'attachments':[{'server_id':'server-1'}]}");
        store(
                Kind.PORT,
                "{'id':'port-1','name':'','status':'ACTIVE','project_id':'shop','network_id':'net-1',"
                        + "'mac_address':'fa:16:3e:AB:cd:01','device_id':'router-1',"
                        + "'device_owner':'network:router_interface',"
                        + "'fixed_ips':[{'ip_address':'10.0.0.5','subnet_id':'subnet-1'}],"
                        + "'security_groups':['group-1']}");
        store(
                Kind.NETWORK,
                "{'id':'net-1','name':'private','status':'ACTIVE','project_id':'shop'}");
        store(
                Kind.NETWORK,
                "{'id':'net-2','name':'private of the lab','status':'ACTIVE','project_id':'lab'}");
        store(Kind.HYPERVISOR, "{'id':'host-1','hypervisor_hostname':'compute-01','state':'up'}");
    }

    private void store(Kind kind, String json) {
        house.transaction.executeWithoutResult(
                _ -> house.collected.storeObjects(NORTH, List.of(Objects.of(kind, json)), NOON));
    }

    private List<String> found(Viewer viewer, String text) {
        return inventory.search(viewer, text, 10).stream().map(each -> each.ref().id()).toList();
    }

    @Test
    void byTheBeginningOfAnyWordOfItsName() {
        assertThat(found(ALICE, "shop-d")).containsExactly("3f2a9c1d-0000");
        assertThat(found(ALICE, "DATA")).containsExactly("3f2a9c1d-0000");
        assertThat(found(ALICE, "nightly")).containsExactly("3f2a9c1d-0000");
        assertThat(found(ALICE, "ightly")).isEmpty();
    }

    @Test
    void byTheBeginningOfItsIdAndByItsAddresses() {
        assertThat(found(ALICE, "3F2A")).containsExactly("3f2a9c1d-0000");
        assertThat(found(ALICE, "10.0.0")).containsExactly("port-1");
        assertThat(found(ALICE, "fa:16:3e:ab")).containsExactly("port-1");
        assertThat(found(ALICE, "FA-16-3E-AB-CD-01")).containsExactly("port-1");
    }

    @Test
    void whatIsJustWhatWasAskedForComesFirst() {
        store(
                Kind.NETWORK,
                "{'id':'net-0','name':'private-too','status':'ACTIVE','project_id':'shop'}");

        assertThat(inventory.search(ALICE, "private", 10))
                .extracting(each -> each.ref().id(), Found::exact)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("net-1", true),
                        org.assertj.core.groups.Tuple.tuple("net-0", false));
    }

    @Test
    void nobodyFindsWhatTheyMayNotSee() {
        assertThat(found(CHARLIE, "data")).isEmpty();
        assertThat(found(CHARLIE, "10.0.0.5")).isEmpty();
        assertThat(found(CHARLIE, "private")).containsExactly("net-2");
        assertThat(found(ALICE, "compute")).isEmpty();
        assertThat(found(ADA, "compute")).containsExactly("host-1");
    }

    @Test
    void whatOthersShareIsFoundAndNoLongerWhenTheyTakeItBack() {
        share(List.of(new Access("net-1", "lab", "access_as_shared")));
        assertThat(found(CHARLIE, "private")).containsExactlyInAnyOrder("net-1", "net-2");

        share(List.of());
        assertThat(found(CHARLIE, "private")).containsExactly("net-2");
    }

    private void share(List<Access> access) {
        house.transaction.executeWithoutResult(
                _ -> house.collected.storeAccess(NORTH, Kind.NETWORK, null, access));
    }

    @Test
    void aChangedNameIsFoundAndTheOldOneIsNot() {
        store(
                Kind.NETWORK,
                "{'id':'net-1','name':'renamed','status':'ACTIVE','project_id':'shop'}");

        assertThat(found(ALICE, "renamed")).containsExactly("net-1");
        assertThat(found(ALICE, "private")).isEmpty();
        house.transaction.executeWithoutResult(
                _ -> house.collected.remove(NORTH, Kind.NETWORK, List.of("net-1"), NOON));
        assertThat(found(ALICE, "renamed")).isEmpty();
    }

    @Test
    void signsOfAPatternAreWhatTheyAre() {
        assertThat(found(ALICE, "%")).isEmpty();
        assertThat(found(ALICE, "_")).isEmpty();
        assertThat(found(ALICE, "' or 1=1 --")).isEmpty();
        assertThat(found(ALICE, "")).isEmpty();
    }

    @Test
    void aThingKnowsWhatNamesIt() {
        assertThat(of(Kind.PORT, Kind.NETWORK, "net-1")).containsExactly("port-1");
        assertThat(of(Kind.PORT, Kind.SECURITY_GROUP, "group-1")).containsExactly("port-1");
        assertThat(of(Kind.PORT, Kind.ROUTER, "router-1")).containsExactly("port-1");
        assertThat(of(Kind.VOLUME, Kind.SERVER, "server-1")).containsExactly("3f2a9c1d-0000");
        assertThat(of(Kind.VOLUME, Kind.SERVER, "another")).isEmpty();
        assertThat(
                        inventory
                                .objects(
                                        CHARLIE,
                                        Kind.VOLUME,
                                        ObjectQuery.FIRST.of(
                                                new ObjectRef(Kind.SERVER, "server-1")))
                                .rows())
                .isEmpty();
    }

    private List<String> of(Kind kind, Kind targetKind, String target) {
        return inventory
                .objects(ALICE, kind, ObjectQuery.FIRST.of(new ObjectRef(targetKind, target)))
                .rows()
                .stream()
                .map(CloudObject::id)
                .toList();
    }

    @Test
    void aListIsSortedByWhenThingsWereMade() {
        store(
                Kind.VOLUME,
                "{'id':'older','name':'a','status':'available',"
                        + "'os-vol-tenant-attr:tenant_id':'shop','created_at':'2025-01-01T10:00:00'}");
        var newest =
                new ObjectQuery(null, null, null, ObjectQuery.Sort.CREATED, true, 1, null, false);

        var first = inventory.objects(ALICE, Kind.VOLUME, newest);
        var second = inventory.objects(ALICE, Kind.VOLUME, newest.withCursor(first.next()));

        assertThat(first.rows()).extracting(CloudObject::id).containsExactly("3f2a9c1d-0000");
        assertThat(second.rows()).extracting(CloudObject::id).containsExactly("older");
        assertThat(inventory.counts(ALICE, Kind.VOLUME))
                .extracting(StatusCount::status)
                .containsExactly("AVAILABLE", "IN-USE");
    }
}

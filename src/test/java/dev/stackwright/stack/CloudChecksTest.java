package dev.stackwright.stack;

import static dev.stackwright.inventory.TestInventory.ADA;
import static dev.stackwright.inventory.TestInventory.ALICE;
import static dev.stackwright.inventory.TestInventory.CHARLIE;
import static dev.stackwright.inventory.TestInventory.NORTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.TestInventory;
import dev.stackwright.inventory.collect.Objects;
import dev.stackwright.kernel.Value;
import dev.stackwright.kernel.Viewer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Custom constraints ask the inventory, each person for what that person sees. */
class CloudChecksTest {

    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    private final TestInventory house = new TestInventory(Databases.h2(), NOON);

    @BeforeEach
    void collect() {
        store(Kind.FLAVOR, "{'id':'f-1','name':'small','os-flavor-access:is_public':true}");
        store(Kind.IMAGE, "{'id':'i-1','name':'cirros','status':'active','visibility':'public'}");
        store(Kind.NETWORK, "{'id':'n-1','name':'private','project_id':'shop'}");
        store(Kind.SUBNET, "{'id':'s-1','name':'front','project_id':'shop'}");
        store(Kind.PORT, "{'id':'p-1','name':'door','project_id':'shop'}");
        store(Kind.ROUTER, "{'id':'r-1','name':'gate','project_id':'shop'}");
        store(Kind.SECURITY_GROUP, "{'id':'g-1','name':'web','project_id':'shop'}");
        store(Kind.VOLUME, "{'id':'v-1','name':'data','os-vol-tenant-attr:tenant_id':'shop'}");
        store(Kind.VOLUME_TYPE, "{'id':'t-1','name':'fast','is_public':true}");
        store(
                Kind.VOLUME_SNAPSHOT,
                "{'id':'vs-1','name':'old','os-extended-snapshot-attributes:project_id':'shop'}");
        store(Kind.KEYPAIR, "{'id':'alice/key','name':'key','user_id':'alice'}");
        store(Kind.HYPERVISOR, "{'id':'h-1','hypervisor_hostname':'compute-01','state':'up'}");
        store(Kind.PROJECT, "{'id':'shop','name':'Shop'}");
    }

    private void store(Kind kind, String json) {
        house.transaction.executeWithoutResult(_ ->
                house.collected.storeObjects(
                        NORTH, List.of(Objects.of(kind, json)), NOON.instant()));
    }

    private Optional<String> check(Viewer viewer, String constraint, String text) {
        return new CloudChecks(house.inventory, viewer, NOON).check(constraint, Value.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "nova.flavor, f-1, small, flavor",
        "glance.image, i-1, cirros, image",
        "neutron.network, n-1, private, network",
        "neutron.subnet, s-1, front, subnet",
        "neutron.port, p-1, door, port",
        "neutron.router, r-1, gate, router",
        "neutron.security_group, g-1, web, security group",
        "cinder.volume, v-1, data, volume",
        "cinder.vtype, t-1, fast, volume type",
        "cinder.snapshot, vs-1, old, volume snapshot",
        "nova.keypair, key, key, keypair",
    })
    void idsAndNamesThatThePersonSeesAreRight(
            String constraint, String id, String name, String word) {
        assertThat(check(ALICE, constraint, id)).isEmpty();
        assertThat(check(ALICE, constraint, name)).isEmpty();
        assertThat(check(ALICE, constraint, "")).isEmpty();
        assertThat(check(ALICE, constraint, "nowhere"))
                .contains("This project sees no %s `nowhere`.".formatted(word));
    }

    @Test
    void whatOthersHaveIsNotThere() {
        store(Kind.NETWORK, "{'id':'n-2','name':'lab-net','project_id':'lab'}");

        assertThat(check(CHARLIE, "neutron.network", "lab-net")).isEmpty();
        assertThat(check(CHARLIE, "neutron.network", "private")).isPresent();
    }

    @Test
    void hostsAndProjectsAreAskedForAdministratorsAlone() {
        assertThat(check(ADA, "nova.host", "compute-01")).isEmpty();
        assertThat(check(ADA, "nova.host", "compute-99"))
                .contains("This project sees no host `compute-99`.");
        assertThat(check(ADA, "keystone.project", "Shop")).isEmpty();
        assertThat(check(ADA, "keystone.project", "shap")).isPresent();
        assertThat(check(ALICE, "nova.host", "compute-99")).isEmpty();
        assertThat(check(ALICE, "keystone.project", "shap")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T12:00:01Z, true",
        "2026-11-22T12:00:00Z, false",
        "2026-11-22 14:00:00+02:00, false",
        "2026-11-22T14:00:01+02:00, true",
        "2026-11-22T12:00:01, true",
        "2001-01-01, false",
        "2099, true",
    })
    void whatExpiresDoesSoInTheFuture(String text, boolean right) {
        assertThat(check(ALICE, "expiration", text).isEmpty()).isEqualTo(right);
    }

    @Test
    void whatTheInventoryDoesNotHoldIsTakenForGranted() {
        assertThat(check(ALICE, "zaqar.queue", "mail")).isEmpty();
        assertThat(check(ALICE, "nova.server", "web")).isEmpty();
        var empty = new TestInventory(Databases.h2(), NOON);
        assertThat(
                        new CloudChecks(empty.inventory, ALICE, NOON)
                                .check("neutron.network", Value.of("private")))
                .isEmpty();
    }
}

package dev.stackwright.catalog;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CatalogTest {

    private static final Catalog CATALOG = Catalog.builtIn();

    /** The symbols of the sprite that stand for things. */
    private static final Set<String> SYMBOLS =
            Set.of(
                    "server",
                    "host",
                    "volume",
                    "network",
                    "router",
                    "shield",
                    "globe",
                    "balance",
                    "image",
                    "usage",
                    "alarm",
                    "stack",
                    "template",
                    "link",
                    "user",
                    "clock");

    @Test
    void knowsAllTypesAndTheirProperties() {
        assertThat(CATALOG.types()).hasSize(201);
        assertThat(CATALOG.types().stream().mapToInt(t -> t.properties().size()).sum())
                .isEqualTo(1113);
        assertThat(CATALOG.types().stream().mapToInt(t -> t.attributes().size()).sum())
                .isEqualTo(369);
        assertThat(
                        CATALOG.types().stream()
                                .flatMap(t -> t.properties().values().stream())
                                .filter(PropertySchema::updateAllowed))
                .hasSize(615);
    }

    @Test
    void givesEveryTypeATitleAndASymbolOfTheSprite() {
        assertThat(CATALOG.types())
                .allSatisfy(type -> {
                    assertThat(type.title()).isNotBlank().doesNotEndWith(".");
                    assertThat(SYMBOLS).contains(type.symbol());
                });
    }

    @Test
    void nestsSchemasOnlyWhereTheyMakeSense() {
        assertThat(everyProperty())
                .allSatisfy(p -> {
                    if (p.item() != null) {
                        assertThat(p.type()).isEqualTo(PropertyType.LIST);
                    }
                    if (!p.fields().isEmpty()) {
                        assertThat(p.type()).isEqualTo(PropertyType.MAP);
                    }
                    if (p.whyReplaced() != null) {
                        assertThat(p.whyReplaced()).doesNotEndWith(".");
                    }
                });
    }

    @Test
    void compilesEveryPattern() {
        assertThat(everyProperty().stream().flatMap(p -> p.constraints().stream()))
                .filteredOn(PropertyConstraint.Pattern.class::isInstance)
                .allSatisfy(c -> Pattern.compile(((PropertyConstraint.Pattern) c).regex()))
                .isNotEmpty();
    }

    @Test
    void findsATypeInItsFamilyOrUnderAnOldName() {
        assertThat(type("OS::Nova::Server").service()).isEqualTo("compute");
        assertThat(type("OS::Quantum::Net").name()).isEqualTo("OS::Neutron::Net");
        assertThat(type("OS::Ceilometer::Alarm").name()).isEqualTo("OS::Aodh::Alarm");
        assertThat(CATALOG.find("OS::Nova::Serve")).isEmpty();
        assertThat(CATALOG.find("My::Own::Type")).isEmpty();
        assertThat(CATALOG.find("web.yaml")).isEmpty();
    }

    @Test
    void guessesWhatWasMeant() {
        assertThat(CATALOG.nearest("OS::Nova::Sever")).contains("OS::Nova::Server");
        assertThat(CATALOG.nearest("OS::Neutron::Network")).contains("OS::Neutron::Net");
        assertThat(CATALOG.nearest("Something else")).isEmpty();
        assertThat(Catalog.nearestProperty(type("OS::Nova::Server"), "flavour")).contains("flavor");
    }

    @Test
    void knowsWhatAChangeOfAServerMeans() {
        var server = type("OS::Nova::Server");

        assertThat(property(server, "flavor").onChange()).isEqualTo(OnChange.UPDATE);
        assertThat(property(server, "availability_zone").onChange()).isEqualTo(OnChange.REPLACE);
        assertThat(property(server, "availability_zone").whyReplaced())
                .isEqualTo("A server cannot move to another zone");
        assertThat(property(server, "admin_pass").secret()).isTrue();
        assertThat(server.nameLimit()).isEqualTo(53);
        assertThat(server.replacing().order()).isEqualTo(Replacing.Order.CREATE_FIRST);
        assertThat(server.replacing().loses()).containsExactly("everything on its local disk");
        assertThat(server.can(Ability.SNAPSHOT)).isTrue();
    }

    @Test
    void knowsWhatIsRefusedAndWhatMustGoFirst() {
        assertThat(property(type("OS::Neutron::Trunk"), "port").immutable()).isTrue();
        assertThat(
                        CATALOG.types().stream()
                                .flatMap(t -> t.properties().values().stream())
                                .filter(PropertySchema::immutable))
                .hasSize(8);
        assertThat(type("OS::Nova::KeyPair").replacing().order())
                .isEqualTo(Replacing.Order.DELETE_FIRST);
    }

    @Test
    void keepsConstraintsDefaultsAndNestedSchemas() {
        var volume = type("OS::Cinder::Volume");
        var subnet = type("OS::Neutron::Subnet");
        var rules = property(type("OS::Neutron::SecurityGroup"), "rules");

        assertThat(property(volume, "size").constraints())
                .containsExactly(new PropertyConstraint.Range(BigDecimal.ONE, null));
        assertThat(property(subnet, "ip_version").defaultValue()).isEqualTo(Value.of(4));
        assertThat(property(subnet, "ip_version").constraints())
                .containsExactly(new PropertyConstraint.OneOf(List.of(Value.of(4), Value.of(6))));
        assertThat(requireNonNull(rules.item()).fields()).containsKey("port_range_max");
        assertThat(subnet.translations())
                .contains(new Translation.Resolve("network", "network", "network"))
                .contains(new Translation.Rename("network", "network_id", false, null));
    }

    @Test
    void saysWhomATypeWaitsForWithoutBeingTold() {
        assertThat(type("OS::Neutron::Port").implicitDependencies())
                .containsExactly(
                        new ImplicitDependency("OS::Neutron::Subnet", "network", "network"));
    }

    @Test
    void tellsTheLivingFromTheRetired() {
        assertThat(type("OS::Sahara::Cluster").retired()).isTrue();
        assertThat(type("OS::Neutron::LBaaS::Pool").support().status())
                .isEqualTo(Support.Status.HIDDEN);
        assertThat(type("OS::Octavia::Pool").retired()).isFalse();
        assertThat(type("OS::Aodh::Alarm").support().isDiscouraged()).isTrue();
    }

    private static ResourceType type(String name) {
        return CATALOG.find(name).orElseThrow();
    }

    private static PropertySchema property(ResourceType type, String name) {
        return requireNonNull(type.properties().get(name));
    }

    private static List<PropertySchema> everyProperty() {
        var all = new ArrayList<PropertySchema>();
        CATALOG.types().forEach(t -> t.properties().values().forEach(p -> collect(p, all)));
        return all;
    }

    private static void collect(PropertySchema property, List<PropertySchema> all) {
        all.add(property);
        if (property.item() != null) {
            collect(property.item(), all);
        }
        property.fields().values().forEach(p -> collect(p, all));
    }
}

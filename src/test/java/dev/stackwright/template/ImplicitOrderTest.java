package dev.stackwright.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.kernel.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The orders that nobody spells out, ours and Heat's. */
class ImplicitOrderTest {

    private static final Limits AS_HEAT = Limits.DEFAULT.with(Set.of());

    private static final String SHOP =
            """
            heat_template_version: 2018-08-31
            resources:
              front: { type: OS::Neutron::Net }
              back: { type: OS::Neutron::Net }
              front-subnet:
                type: OS::Neutron::Subnet
                properties: { network: { get_resource: front }, cidr: 10.0.1.0/24 }
              back-subnet:
                type: OS::Neutron::Subnet
                properties: { network: { get_resource: back }, cidr: 10.0.2.0/24 }
              router:
                type: OS::Neutron::Router
                properties: { external_gateway_info: { network: public } }
              front-door:
                type: OS::Neutron::RouterInterface
                properties: { router: { get_resource: router }, subnet: { get_resource: front-subnet } }
              back-port:
                type: OS::Neutron::Port
                properties: { network: { get_resource: back } }
              back-door:
                type: OS::Neutron::RouterInterface
                properties: { router: { get_resource: router }, port: { get_resource: back-port } }
              front-port:
                type: OS::Neutron::Port
                properties: { network_id: { get_resource: front } }
              server:
                type: OS::Nova::Server
                properties: { flavor: m1.small, image: cirros, networks: [{ port: { get_resource: front-port } }] }
              address:
                type: OS::Neutron::FloatingIP
                properties: { floating_network: public, port_id: { get_resource: front-port } }
              late-address: { type: OS::Neutron::FloatingIP, properties: { floating_network: public } }
              association:
                type: OS::Neutron::FloatingIPAssociation
                properties: { floatingip_id: { get_resource: late-address }, port_id: { get_resource: back-port } }
            """;

    private static Checked check(String text, Limits limits, CheckOptions options) {
        return TemplateCheck.check(
                TemplateReader.read(text, limits).template().orElseThrow(),
                Environment.EMPTY,
                Map.of(),
                Catalog.builtIn(),
                Constraints.UNCHECKED,
                StackIdentity.UNKNOWN,
                options,
                limits);
    }

    private static Set<String> needs(String text, Limits limits, String resource) {
        var checked = check(text, limits, CheckOptions.STRUCTURE);
        assertThat(checked.diagnostics().errors()).isEmpty();
        return Set.copyOf(checked.template().orElseThrow().graph().dependenciesOf(resource));
    }

    private static List<String> errors(String text) {
        return check(text, AS_HEAT, CheckOptions.STRUCTURE).diagnostics().errors().stream()
                .map(Diagnostic::code)
                .toList();
    }

    @Test
    void anAddressWaitsForTheRouterOfItsPortsNetworkThoughThePortNamesNoSubnet() {
        assertThat(needs(SHOP, Limits.DEFAULT, "address"))
                .containsExactlyInAnyOrder("front-port", "front-door", "router");
        assertThat(needs(SHOP, Limits.DEFAULT, "association"))
                .containsExactlyInAnyOrder("back-port", "late-address", "back-door");
    }

    @Test
    void nothingWaitsForTheSubnetOfAStranger() {
        assertThat(needs(SHOP, Limits.DEFAULT, "front-port"))
                .containsExactlyInAnyOrder("front", "front-subnet");
        assertThat(needs(SHOP, Limits.DEFAULT, "server")).containsExactly("front-port");
    }

    @Test
    void whoWantsHeatsOrdersGetsThem() {
        assertThat(needs(SHOP, AS_HEAT, "front-port"))
                .containsExactlyInAnyOrder("front", "front-subnet", "back-subnet");
        assertThat(needs(SHOP, AS_HEAT, "server"))
                .containsExactlyInAnyOrder("front-port", "front-subnet", "back-subnet");
        assertThat(needs(SHOP, AS_HEAT, "address"))
                .containsExactlyInAnyOrder("front-port", "front-door", "back-door", "router");
        assertThat(needs(SHOP, AS_HEAT, "association"))
                .containsExactlyInAnyOrder("back-port", "late-address");
    }

    @Test
    void toHeatAMissingParameterLeavesTheOrderOpen() {
        String text =
                """
                heat_template_version: 2018-08-31
                parameters: { where: { type: string }, ip: { type: string } }
                resources:
                  net: { type: OS::Neutron::Net }
                  subnet: { type: OS::Neutron::Subnet, properties: { network: { get_resource: net }, cidr: 10.0.1.0/24 } }
                  known: { type: OS::Nova::Server, properties: { flavor: s, image: i, networks: [{ network: office }] } }
                  open: { type: OS::Nova::Server, properties: { flavor: s, image: i, networks: [{ network: { get_param: where } }] } }
                  none: { type: OS::Nova::Server, properties: { flavor: s, image: i } }
                """;

        assertThat(needs(text, AS_HEAT, "known")).containsExactly("subnet");
        assertThat(needs(text, AS_HEAT, "open")).isEmpty();
        assertThat(needs(text, AS_HEAT, "none")).isEmpty();
    }

    @Test
    void aStaticRouteWaitsForTheGatewayOfItsRouter() {
        String text =
                """
                heat_template_version: 2013-05-23
                resources:
                  router: { type: OS::Neutron::Router }
                  gateway:
                    type: OS::Neutron::RouterGateway
                    properties: { router_id: { get_resource: router }, network: public }
                  route:
                    type: OS::Neutron::ExtraRoute
                    properties: { router_id: { get_resource: router }, destination: 10.9.0.0/16, nexthop: 10.0.0.9 }
                """;

        assertThat(needs(text, Limits.DEFAULT, "route"))
                .containsExactlyInAnyOrder("router", "gateway");
        assertThat(needs(text, AS_HEAT, "route")).containsExactlyInAnyOrder("router", "gateway");
    }

    @Test
    void anAttributeThatAMissingParameterHidesIsRefusedUnlessItIsAskedForPlainlyAsWell() {
        String text =
                """
                heat_template_version: %s
                parameters: { net: { type: string } }
                resources:
                  server: { type: OS::Nova::Server, properties: { flavor: s, image: i } }
                outputs:
                  ip: { value: { get_attr: [server, networks, { get_param: net }, 0] } }
                """;
        String also = "  all: { value: { get_attr: [server, networks] } }\n";

        assertThat(errors(text.formatted("2016-04-08"))).containsExactly("SW1605");
        assertThat(errors(text.formatted("2016-04-08") + also)).isEmpty();
        assertThat(errors(text.formatted("2013-05-23"))).isEmpty();
        assertThat(
                        check(text.formatted("2016-04-08"), Limits.DEFAULT, CheckOptions.DRAFT)
                                .diagnostics()
                                .errors())
                .isEmpty();
    }
}

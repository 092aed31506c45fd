package dev.stackwright.web.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Every resource of a stack leads to what it is, or to what it is about. */
class LiveLinksTest {

    private static final String TEMPLATE =
            """
            heat_template_version: 2018-08-31
            resources:
              net: { type: OS::Neutron::Net }
              subnet:
                type: OS::Neutron::Subnet
                properties: { network: { get_resource: net }, cidr: 10.93.0.0/24 }
              router:
                type: OS::Neutron::Router
                properties: { external_gateway_info: { network: public } }
              foot:
                type: OS::Neutron::RouterInterface
                properties: { router: { get_resource: router }, subnet: { get_resource: subnet } }
              group: { type: OS::Neutron::SecurityGroup }
              rule:
                type: OS::Neutron::SecurityGroupRule
                properties:
                  security_group: { get_resource: group }
                  protocol: tcp
                  port_range_min: 22
                  port_range_max: 22
              port:
                type: OS::Neutron::Port
                depends_on: foot
                properties:
                  network: { get_resource: net }
                  fixed_ips: [{ subnet: { get_resource: subnet } }]
              server:
                type: OS::Nova::Server
                properties:
                  image: cirros
                  flavor: m1.tiny
                  networks: [{ port: { get_resource: port } }]
              volume: { type: OS::Cinder::Volume, properties: { size: 1 } }
              attachment:
                type: OS::Cinder::VolumeAttachment
                properties:
                  instance_uuid: { get_resource: server }
                  volume_id: { get_resource: volume }
              address:
                type: OS::Neutron::FloatingIP
                depends_on: foot
                properties: { floating_network: public }
              association:
                type: OS::Neutron::FloatingIPAssociation
                properties:
                  floatingip_id: { get_resource: address }
                  port_id: { get_resource: port }
            """;

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final String project = "/c/demo/p/" + DemoCloud.projectId("shop");

    @Test
    void whatIsNoThingOfItsOwnLeadsToTheThingThatItIsAbout() {
        var planned =
                alice.submit(
                        project + "/stacks/new", Map.of("name", "linked", "template", TEMPLATE));
        assertThat(planned.status()).as(planned.page().text()).isIn(302, 303);
        alice.submit(planned.location() + "/approve", Map.of());
        var stack =
                alice.get(planned.location())
                        .page()
                        .select(".crumbs a[href*=/stacks/]")
                        .attr("href");
        complete(stack, "Created");

        // The poll of the plan's page ends with all of the page said anew.
        assertThat(alice.header(planned.location() + "/run", "HX-Refresh")).isEqualTo("true");

        var page = alice.get(stack).page();
        assertThat(link(page, "foot")).isEqualTo(link(page, "router")).contains("/routers/");
        assertThat(link(page, "rule")).isEqualTo(link(page, "group")).contains("/security-groups/");
        assertThat(link(page, "attachment")).isEqualTo(link(page, "volume")).contains("/volumes/");
        assertThat(link(page, "association"))
                .isEqualTo(link(page, "address"))
                .contains("/floating-ips/");
        for (var each : page.select("#resources tbody tr .nm a")) {
            var href = each.attr("href");
            await(href).atMost(Browser.PATIENCE).until(() -> alice.get(href).status() == 200);
        }
        assertThat(page.select("#resources tbody tr .nm").not(":has(a)").eachText()).isEmpty();
        assertThat(page.select("svg a").eachAttr("href"))
                .contains(link(page, "foot"), link(page, "rule"), link(page, "association"))
                .noneMatch(href -> href.startsWith("#"));

        var end = alice.submit(stack + "/delete", Map.of());
        assertThat(alice.get(end.location()).page().select("a[href*=/routers/]").eachAttr("href"))
                .containsOnly(link(page, "router"));
        alice.submit(end.location() + "/approve", Map.of("loss", "true"));
        complete(stack, "Deleted");
    }

    private static String link(Document page, String resource) {
        return page.select("#resources tbody tr .nm").stream()
                .filter(name -> name.text().startsWith(resource))
                .map(name -> name.select("a").attr("href"))
                .findFirst()
                .orElseThrow();
    }

    private void complete(String stack, String status) {
        await().atMost(Browser.PATIENCE)
                .untilAsserted(() ->
                        assertThat(alice.get(stack).page().select("#state").text())
                                .isEqualTo(status));
    }
}

package dev.stackwright.stack.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.template.TemplateReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is there, as a template. */
class TemplateWriterTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static Live live(Kind kind, String id, String name, String facts) {
        return new Live(kind, id, name, JSON.readTree(facts.replace('\'', '"')));
    }

    private static final Live NETWORK =
            live(Kind.NETWORK, "n1", "front", "{'admin_state_up': true}");
    private static final Live SUBNET =
            live(
                    Kind.SUBNET,
                    "s1",
                    "front",
                    """
                    {'network_id': 'n1', 'cidr': '10.1.0.0/24', 'ip_version': 4,
                     'gateway_ip': '10.1.0.1', 'enable_dhcp': true, 'dns_nameservers': ['9.9.9.9'],
                     'allocation_pools': [{'start': '10.1.0.2', 'end': '10.1.0.99'}]}
                    """);
    private static final Live ROUTER =
            live(
                    Kind.ROUTER,
                    "r1",
                    "way out",
                    "{'external_gateway_info': {'network_id': 'ext', 'enable_snat': true}}");
    private static final Live INTERFACE =
            live(Kind.PORT, "p0", "", "{'device_id': 'r1', 'fixed_ips': [{'subnet_id': 's1'}]}");
    private static final Live GROUP =
            live(
                    Kind.SECURITY_GROUP,
                    "g1",
                    "web",
                    """
                    {'description':
                       'Stack old, resource g (stackwright:f953a772-8519-4994-a9d8-16ab61abcc7b)',
                     'security_group_rules': [
                      {'id': '1', 'direction': 'egress', 'ethertype': 'IPv4'},
                      {'id': '2', 'direction': 'egress', 'ethertype': 'IPv6'},
                      {'id': '3', 'direction': 'ingress', 'ethertype': 'IPv4', 'protocol': 'tcp',
                       'port_range_min': 443, 'port_range_max': 443,
                       'remote_ip_prefix': '0.0.0.0/0'},
                      {'id': '4', 'direction': 'ingress', 'ethertype': 'IPv6',
                       'remote_group_id': 'g1'}]}
                    """);
    private static final Live VOLUME =
            live(
                    Kind.VOLUME,
                    "v1",
                    "data",
                    """
                    {'size': 4, 'volume_type': 'fast', 'availability_zone': 'nova',
                     'metadata': {'on': 'yes'},
                     'attachments': [{'server_id': 'i1', 'device': '/dev/vdb'}]}
                    """);
    private static final Live PORT =
            live(
                    Kind.PORT,
                    "p1",
                    "",
                    """
                    {'network_id': 'n1', 'device_id': 'i1', 'security_groups': ['g1', 'g2'],
                     'fixed_ips': [{'subnet_id': 's1', 'ip_address': '10.1.0.7'}]}
                    """);
    private static final Live SERVER =
            live(
                    Kind.SERVER,
                    "i1",
                    "web-1",
                    """
                    {'flavor': {'original_name': 'm1.tiny'}, 'image': {'id': 'img'},
                     'key_name': 'alice', 'OS-EXT-AZ:availability_zone': 'nova', 'metadata': {}}
                    """);
    private static final Live ADDRESS =
            live(
                    Kind.FLOATING_IP,
                    "f1",
                    "203.0.113.5",
                    "{'floating_network_id': 'ext', 'port_id': 'p1'}");

    private static String outside(ObjectRef ref) {
        return Map.of("ext", "public", "img", "cirros", "s9", "back").getOrDefault(ref.id(), "");
    }

    @Test
    void whatBelongsTogetherRefersToEachOtherAndTheRestIsNamedByItsId() {
        var written =
                TemplateWriter.write(
                        List.of(ADDRESS, SERVER, PORT, VOLUME, GROUP, ROUTER, SUBNET, NETWORK),
                        List.of(INTERFACE),
                        TemplateWriterTest::outside);

        assertThat(written.text())
                .isEqualTo(
                        """
                        heat_template_version: 2021-04-16
                        resources:
                          front:
                            type: OS::Neutron::Net
                            properties:
                              name: front
                          front_2:
                            type: OS::Neutron::Subnet
                            properties:
                              name: front
                              network: { get_resource: front }
                              cidr: "10.1.0.0/24"
                              ip_version: 4
                              gateway_ip: "10.1.0.1"
                              dns_nameservers:
                                - "9.9.9.9"
                              allocation_pools:
                                - start: "10.1.0.2"
                                  end: "10.1.0.99"
                          way_out:
                            type: OS::Neutron::Router
                            properties:
                              name: way out
                              external_gateway_info:
                                network: ext  # public
                          to_front_2:
                            type: OS::Neutron::RouterInterface
                            properties:
                              router: { get_resource: way_out }
                              subnet: { get_resource: front_2 }
                          web:
                            type: OS::Neutron::SecurityGroup
                            properties:
                              name: web
                              rules:
                                - protocol: tcp
                                  port_range_min: 443
                                  port_range_max: 443
                                  remote_ip_prefix: "0.0.0.0/0"
                                - ethertype: IPv6
                                  remote_mode: remote_group_id
                          data:
                            type: OS::Cinder::Volume
                            properties:
                              name: data
                              size: 4
                              volume_type: fast
                              availability_zone: nova
                              metadata:
                                "on": "yes"
                          port:
                            type: OS::Neutron::Port
                            properties:
                              network: { get_resource: front }
                              fixed_ips:
                                - subnet: { get_resource: front_2 }
                                  ip_address: "10.1.0.7"
                              security_groups:
                                - { get_resource: web }
                                - g2
                          web_1:
                            type: OS::Nova::Server
                            properties:
                              name: web-1
                              flavor: m1.tiny
                              image: img  # cirros
                              key_name: alice
                              availability_zone: nova
                              networks:
                                - port: { get_resource: port }
                          data_at_web_1:
                            type: OS::Cinder::VolumeAttachment
                            properties:
                              instance_uuid: { get_resource: web_1 }
                              volume_id: { get_resource: data }
                              mountpoint: /dev/vdb
                          r_203_0_113_5:
                            type: OS::Neutron::FloatingIP
                            properties:
                              floating_network: ext  # public
                              port_id: { get_resource: port }
                        """);
        assertThat(written.ids())
                .containsEntry("to_front_2", "r1:subnet_id=s1")
                .containsEntry("data_at_web_1", "v1")
                .containsEntry("web_1", "i1")
                .hasSize(10);
        assertThat(TemplateReader.read(written.text()).diagnostics().errors()).isEmpty();
    }

    @Test
    void aServerWithoutAnImageStartsFromItsVolume() {
        var disk =
                live(
                        Kind.VOLUME,
                        "v2",
                        "root",
                        """
                        {'size': 1, 'bootable': 'true',
                         'attachments': [{'server_id': 'i2', 'device': '/dev/vda'}]}
                        """);
        var server =
                live(Kind.SERVER, "i2", "db", "{'flavor': {'original_name': 'm1'}, 'image': ''}");

        var written = TemplateWriter.write(List.of(server, disk), List.of(), _ -> "");

        assertThat(written.text())
                .contains(
                        """
                              block_device_mapping_v2:
                                - volume_id: { get_resource: root }
                                  boot_index: 0
                        """)
                .doesNotContain("Attachment");
    }

    @Test
    void whatSomebodyCalledAThingIsNeverMoreThanAName() {
        var hostile = "x: {get_file: /etc/passwd}\n  # \u2028- 'a' \"b\" \u202e\u0000";
        var network = live(Kind.NETWORK, "n1", hostile, "{}");
        var subnet = live(Kind.SUBNET, "s1", "yes", "{'network_id': 'n2', 'cidr': '10.0.0.0/8'}");

        var written = TemplateWriter.write(List.of(network, subnet), List.of(), _ -> hostile);

        var template = TemplateReader.read(written.text()).template().orElseThrow();
        assertThat(template.resources()).containsOnlyKeys("x_get_file_etc_passwd_a_b", "yes_1");
        assertThat(written.text().lines().filter(line -> line.contains("n2")).toList()).hasSize(1);
    }
}

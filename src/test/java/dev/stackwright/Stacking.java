package dev.stackwright;

import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Credentials;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Scope;
import dev.stackwright.cloud.Service;
import dev.stackwright.demo.DemoCloud;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Alice makes a stack by its pages, for tests of what happens to it on the way. */
public final class Stacking {

    private static final String TEMPLATE =
            """
            heat_template_version: 2018-08-31
            resources:
              net: {type: OS::Neutron::Net, properties: {name: NAME-net}}
              subnet:
                type: OS::Neutron::Subnet
                properties: {name: NAME-subnet, network: {get_resource: net}, cidr: 10.79.0.0/24}
              port:
                type: OS::Neutron::Port
                properties:
                  name: NAME-port
                  network: {get_resource: net}
                  fixed_ips: [{subnet: {get_resource: subnet}}]
              server:
                type: OS::Nova::Server
                properties:
                  name: NAME-server
                  image: cirros
                  flavor: m1.tiny
                  networks: [{port: {get_resource: port}}]
              volume: {type: OS::Cinder::Volume, properties: {name: NAME-volume, size: 1}}
              attachment:
                type: OS::Cinder::VolumeAttachment
                properties: {volume_id: {get_resource: volume}, instance_uuid: {get_resource: server}}
            """;

    /** What there is of a name in the cloud when its stack is whole. */
    public static final Map<String, Long> COMPLETE =
            Map.of("network", 1L, "subnet", 1L, "port", 1L, "server", 1L, "volume", 1L);

    private Stacking() {}

    /** Writes, previews and approves; the run has begun when this returns. */
    public static String begin(Client alice, String project, String name) {
        var previewed =
                alice.submit(
                        project + "/stacks/new",
                        Map.of("name", name, "template", TEMPLATE.replace("NAME", name)));
        if (previewed.status() != 303 && previewed.status() != 302) {
            throw new AssertionError(previewed.status() + " " + previewed.page().text());
        }
        var approved = alice.submit(path(previewed.location()) + "/approve", Map.of());
        if (approved.status() != 303 && approved.status() != 302) {
            throw new AssertionError(approved.status() + " " + approved.page().text());
        }
        return name;
    }

    private static String path(String location) {
        return location.replaceFirst("^https?://[^/]+", "").replaceAll("[?#].*", "");
    }

    /** As the database has it: CREATE_COMPLETE and so on. */
    public static String status(App app, String name) {
        return String.join(
                ",",
                app.bean(JdbcTemplate.class)
                        .queryForList(
                                "select action || '_' || progress from stack where name = ?",
                                String.class,
                                name));
    }

    /** Somebody gives a server another name, straight at the cloud. */
    public static void rename(App app, String server, String name) {
        var domain = Credentials.Domain.named("Default");
        var cloud = app.bean(Clouds.class).all().getFirst();
        var token =
                cloud.authenticate(
                        new Credentials.Password("alice", domain, DemoCloud.PASSWORD),
                        Scope.projectNamed("shop", domain));
        cloud.as(
                token,
                os -> {
                    var id =
                            os.list(
                                            Request.get(Service.COMPUTE, "/servers")
                                                    .query("name", server),
                                            "servers")
                                    .getFirst()
                                    .path("id")
                                    .asString();
                    return os.call(
                            Request.put(Service.COMPUTE, "/servers/" + id)
                                    .body(Map.of("server", Map.of("name", name))));
                });
    }
}

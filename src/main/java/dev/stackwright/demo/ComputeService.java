package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Nova 2.1 up to 2.93, for everybody: servers, their actions and attachments. */
final class ComputeService extends Service {

    private final ComputeCatalog catalog;

    final ServerDocuments documents;
    final ServerList lists;
    final ServerActions doings;
    final ServerAttachments attachments;
    final ServerCreation creation;
    final ServerRoutes routes;

    ComputeService(
            String base,
            World world,
            Servers servers,
            ServerView views,
            ComputeCatalog catalog,
            NetworkService network,
            VolumeService volumes,
            ImageService images) {
        super("compute", base, world);
        documents = new ServerDocuments(world, servers);
        lists = new ServerList(base, servers, views);
        doings =
                new ServerActions(base, world, servers, views, catalog, network, images, documents);
        attachments = new ServerAttachments(servers, network, volumes, documents);
        creation =
                new ServerCreation(
                        base,
                        world,
                        servers,
                        views,
                        catalog,
                        network,
                        volumes,
                        images,
                        attachments,
                        documents);
        routes = new ServerRoutes(base, world, servers, views, network, creation, documents, lists);
        this.catalog = catalog;
        openRoute("GET", "/", call -> Reply.ok(versions()));
        openRoute(
                "GET",
                "/v2.1",
                call ->
                        Reply.ok(
                                object(
                                        "version",
                                        version()
                                                .setAll(
                                                        object(
                                                                "media-types",
                                                                array(
                                                                        object(
                                                                                "base",
                                                                                "application/json",
                                                                                "type",
                                                                                "application/vnd.openstack.compute+json;version=2.1")))))));
        routes.serverRoutes(this);
        doings.actionRoutes(this);
        attachments.attachmentRoutes(this);
        catalog.addTo(this);
    }

    @Override
    void negotiate(Call call) {
        String old = call.header("X-OpenStack-Nova-API-Version");
        call.minor(
                minorOf(
                        call.header("OpenStack-API-Version"),
                        "compute",
                        old == null ? 1 : minorOf(old, 1, 2, 93, 1),
                        2,
                        93,
                        1));
    }

    private ObjectNode version() {
        return object(
                "id",
                "v2.1",
                "status",
                "CURRENT",
                "version",
                "2.93",
                "min_version",
                "2.1",
                "updated",
                "2013-07-23T11:33:21Z",
                "links",
                array(
                        object("rel", "self", "href", base + "/v2.1/"),
                        object(
                                "rel",
                                "describedby",
                                "type",
                                "text/html",
                                "href",
                                "http://docs.openstack.org/")));
    }

    private ObjectNode versions() {
        return object(
                "versions",
                array(
                        object(
                                "id",
                                "v2.0",
                                "status",
                                "SUPPORTED",
                                "version",
                                "",
                                "min_version",
                                "",
                                "updated",
                                "2011-01-21T11:33:21Z",
                                "links",
                                array(object("rel", "self", "href", base + "/v2/"))),
                        object(
                                "id",
                                "v2.1",
                                "status",
                                "CURRENT",
                                "version",
                                "2.93",
                                "min_version",
                                "2.1",
                                "updated",
                                "2013-07-23T11:33:21Z",
                                "links",
                                array(object("rel", "self", "href", base + "/v2.1/")))));
    }

    @Override
    Reply refuse(Call call, Refusal refusal) {
        return namedFault(refusal).with("Content-Type", "application/json; charset=UTF-8");
    }

    @Override
    Reply unknown(Call call) {
        return plainFault(404, "Not Found", "The resource could not be found.");
    }

    @Override
    Map<String, String> headers(Call call) {
        return Map.of(
                "X-Openstack-Request-Id",
                call.requestId(),
                "X-Compute-Request-Id",
                call.requestId(),
                "Openstack-Api-Version",
                "compute 2." + Math.max(1, call.minor()),
                "X-Openstack-Nova-Api-Version",
                "2." + Math.max(1, call.minor()),
                "Vary",
                "OpenStack-API-Version");
    }
}

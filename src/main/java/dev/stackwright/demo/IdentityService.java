package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Keystone v3: who is who, tokens, application credentials and trusts. */
final class IdentityService extends Service {

    private final Map<String, ObjectNode> projects;

    final IdentityDocuments documents;
    final ServiceCatalog serviceCatalog;
    final RoleAssignments grants;
    final ApplicationCredentials applications;
    final Tokens tokens;
    final Trusts delegations;
    final ProjectsAndUsers people;

    IdentityService(String base, World world) {
        super("identity", base, world);
        documents = new IdentityDocuments(base);
        serviceCatalog = new ServiceCatalog(base);
        grants = new RoleAssignments(world, base, documents);
        applications = new ApplicationCredentials(base, world, documents, grants);
        tokens = new Tokens(world, grants, serviceCatalog);
        delegations = new Trusts(base, world, documents, grants);
        people = new ProjectsAndUsers(world, base, documents, grants, tokens);
        projects = world.table("project");
        openRoute("GET", "/", call -> Reply.of(300, versions()).with("Location", base + "/v3/"));
        openRoute("GET", "/v3", call -> Reply.ok(object("version", version())));
        openRoute("POST", "/v3/auth/tokens", tokens::authenticate);
        route("GET", "/v3/auth/tokens", tokens::validate);
        route("DELETE", "/v3/auth/tokens", tokens::revoke);
        route("GET", "/v3/auth/projects", call -> people.projectsOf(call, call.grant().userId()));
        route("GET", "/v3/auth/catalog", serviceCatalog::showCatalog);
        route(
                "GET",
                "/v3/auth/domains",
                call -> Reply.ok(documents.collection(call, "domains", List.of())));
        route(
                "GET",
                "/v3/auth/system",
                call ->
                        Reply.ok(
                                object(
                                        "system",
                                        array(),
                                        "links",
                                        object("self", base + call.path()))));
        people.projectsAndUsers(this);
        applications.applicationCredentials(this);
        delegations.trustRoutes(this);
        smallCollections();
    }

    static Refusal forbidden(String action) {
        return new Refusal(
                403,
                "You are not authorized to perform the requested action: identity:" + action + ".");
    }

    static void needAdmin(Call call, String action) {
        if (!call.grant().admin()) {
            throw forbidden(action);
        }
    }

    private void smallCollections() {
        ObjectNode domain =
                object(
                        "id",
                        "default",
                        "name",
                        "Default",
                        "description",
                        "The default domain",
                        "enabled",
                        true,
                        "tags",
                        array(),
                        "options",
                        object(),
                        "links",
                        object("self", base + "/v3/domains/default"));
        route(
                "GET",
                "/v3/domains",
                call -> {
                    needAdmin(call, "list_domains");
                    return Reply.ok(
                            documents.collection(
                                    call,
                                    "domains",
                                    call.query("name") == null
                                                    || matches(domain, "name", call.queries("name"))
                                            ? List.of(domain)
                                            : List.of()));
                });
        route(
                "GET",
                "/v3/domains/{}",
                call -> {
                    needAdmin(call, "get_domain");
                    return Reply.ok(
                            object(
                                    "domain",
                                    IdentityDocuments.find(
                                            Map.of("default", domain), "domain", call.name(0))));
                });
        ObjectNode region =
                object(
                        "id",
                        "RegionOne",
                        "description",
                        "",
                        "parent_region_id",
                        null,
                        "links",
                        object("self", base + "/v3/regions/RegionOne"));
        route(
                "GET",
                "/v3/regions",
                call -> Reply.ok(documents.collection(call, "regions", List.of(region))));
        route(
                "GET",
                "/v3/services",
                call -> {
                    needAdmin(call, "list_services");
                    List<ObjectNode> found = new ArrayList<>();
                    serviceCatalog.catalog.forEach(entry ->
                            found.add(
                                    object(
                                            "name",
                                            entry.get("name"),
                                            "id",
                                            entry.get("id"),
                                            "type",
                                            entry.get("type"),
                                            "enabled",
                                            true,
                                            "links",
                                            object(
                                                    "self",
                                                    base + "/v3/services/" + text(entry, "id")))));
                    return Reply.ok(documents.collection(call, "services", found));
                });
        route(
                "GET",
                "/v3/endpoints",
                call -> {
                    needAdmin(call, "list_endpoints");
                    List<ObjectNode> found = new ArrayList<>();
                    serviceCatalog.catalog.forEach(entry ->
                            entry.path("endpoints")
                                    .forEach(endpoint -> {
                                        ObjectNode copy = Json.copy(endpoint);
                                        copy.put("service_id", text(entry, "id"))
                                                .put("enabled", true);
                                        copy.set(
                                                "links",
                                                object(
                                                        "self",
                                                        base
                                                                + "/v3/endpoints/"
                                                                + text(endpoint, "id")));
                                        found.add(copy);
                                    }));
                    return Reply.ok(documents.collection(call, "endpoints", found));
                });
        route(
                "GET",
                "/v3/groups",
                call -> {
                    needAdmin(call, "list_groups");
                    return Reply.ok(documents.collection(call, "groups", List.of()));
                });
        for (String name : List.of("limits", "registered_limits")) {
            route(
                    "GET",
                    "/v3/" + name,
                    call -> Reply.ok(documents.collection(call, name, List.of())));
        }
    }

    private ObjectNode versions() {
        return object("versions", object("values", array(version())));
    }

    private ObjectNode version() {
        return object(
                "id",
                "v3.14",
                "status",
                "stable",
                "updated",
                "2020-04-07T00:00:00Z",
                "links",
                array(object("rel", "self", "href", base + "/v3/")),
                "media-types",
                array(
                        object(
                                "base",
                                "application/json",
                                "type",
                                "application/vnd.openstack.identity-v3+json")));
    }

    @Override
    Reply refuse(Call call, Refusal refusal) {
        int status = refusal.status();
        Reply reply =
                Reply.of(
                        status,
                        object(
                                "error",
                                object(
                                        "code",
                                        status,
                                        "message",
                                        refusal.message(),
                                        "title",
                                        title(status))));
        return status == 401
                ? reply.with("WWW-Authenticate", "Keystone uri=\"" + base + "/v3\"")
                : reply;
    }

    @Override
    Reply unknown(Call call) {
        return Reply.html(
                404,
                "<!doctype html>\n"
                        + "<html lang=en>\n"
                        + "<title>404 Not Found</title>\n"
                        + "<h1>Not Found</h1>\n"
                        + "<p>The requested URL was not found on the server. If you entered the URL"
                        + " manually please check your spelling and try again.</p>\n");
    }

    @Override
    Map<String, String> headers(Call call) {
        return Map.of("Vary", "X-Auth-Token", "x-openstack-request-id", call.requestId());
    }
}

package dev.stackwright.operations.gather;

import static dev.stackwright.cloud.Request.get;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.operations.doctor.Api;
import java.time.Duration;

/**
 * What a service is asked every few seconds. Each reads another table of its database, so that one
 * that is locked shows as silence about that alone.
 */
enum Question {
    TOKEN(Api.Name.KEYSTONE, "tokens", get(Service.IDENTITY, "/auth/projects")),
    COMPUTE_SERVICES(
            Api.Name.NOVA, "services", get(Service.COMPUTE, "/os-services").microversion("2.53")),
    SERVERS(
            Api.Name.NOVA,
            "instances",
            get(Service.COMPUTE, "/servers").query("all_tenants", "1").query("limit", "1")),
    AGGREGATES(Api.Name.NOVA, "aggregates", get(Service.COMPUTE, "/os-aggregates")),
    AGENTS(Api.Name.NEUTRON, "agents", get(Service.NETWORK, "/agents")),
    PORTS(
            Api.Name.NEUTRON,
            "ports",
            get(Service.NETWORK, "/ports").query("limit", "1").query("fields", "id")),
    VOLUME_SERVICES(Api.Name.CINDER, "services", get(Service.VOLUME, "/os-services")),
    VOLUMES(
            Api.Name.CINDER,
            "volumes",
            get(Service.VOLUME, "/volumes").query("all_tenants", "1").query("limit", "1")),
    POOLS(
            Api.Name.CINDER,
            "pools",
            get(Service.VOLUME, "/scheduler-stats/get_pools").query("detail", "True")),
    IMAGES(Api.Name.GLANCE, "images", get(Service.IMAGE, "/images").query("limit", "1")),
    PROVIDERS(
            Api.Name.PLACEMENT,
            "resource providers",
            get(Service.PLACEMENT, "/resource_providers").query("name", "none"));

    /** Every one of the attempts has so long; a service that needs more is deaf. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Api.Name api;
    private final String about;
    private final Request request;

    Question(Api.Name api, String about, Request request) {
        this.api = api;
        this.about = about;
        this.request = request;
    }

    Api.Name api() {
        return api;
    }

    String about() {
        return about;
    }

    Request request() {
        return request.within(PATIENCE);
    }

    Service service() {
        return switch (api) {
            case KEYSTONE -> Service.IDENTITY;
            case NOVA -> Service.COMPUTE;
            case NEUTRON -> Service.NETWORK;
            case CINDER -> Service.VOLUME;
            case GLANCE -> Service.IMAGE;
            case PLACEMENT -> Service.PLACEMENT;
        };
    }

    /** Whether silence about it alone says something of the database; pools come over the bus. */
    boolean readsATable() {
        return this != POOLS;
    }
}

package dev.stackwright.stack.resource;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.ChangeRefused;
import dev.stackwright.kernel.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A flavor with its extra specs, and who may use it when it is not for all. */
final class FlavorHandler extends RestHandler {

    FlavorHandler() {
        super(
                RestType.of("OS::Nova::Flavor", Service.COMPUTE, "/flavors", "flavor", "flavors")
                        .renamed(
                                "flavorid", "id",
                                "ephemeral", "OS-FLV-EXT-DATA:ephemeral",
                                "is_public", "os-flavor-access:is_public")
                        .left("extra_specs", "tenants")
                        .listed("/flavors/detail", "is_public", "None")
                        .unmarked());
    }

    @Override
    void finish(Work work) {
        specs(work);
        tenants(work);
    }

    @Override
    void finishChange(Work work) {
        if (work.changed().containsKey("extra_specs")) {
            specs(work);
        }
        if (work.changed().containsKey("tenants")) {
            tenants(work);
        }
    }

    private static void specs(Work work) {
        var wanted = object();
        work.json("extra_specs")
                .properties()
                .forEach(spec -> wanted.put(spec.getKey(), spec.getValue().asString()));
        if (!wanted.isEmpty()) {
            work.change(
                    "specs",
                    Request.post(Service.COMPUTE, "/flavors/{}/os-extra_specs", work.physicalId())
                            .body(Map.of("extra_specs", wanted)));
        }
        for (var spec : work.jsonBefore("extra_specs").properties()) {
            if (!wanted.has(spec.getKey())) {
                work.drop(
                        "drop spec " + spec.getKey(),
                        Request.delete(
                                Service.COMPUTE,
                                "/flavors/{}/os-extra_specs/{}",
                                work.physicalId(),
                                spec.getKey()));
            }
        }
    }

    private static void tenants(Work work) {
        var wanted = projects(work, work.json("tenants"));
        var surplus = projects(work, work.jsonBefore("tenants"));
        surplus.removeAll(wanted);
        for (var project : wanted) {
            try {
                work.change("admit " + project, access(work, "addTenantAccess", project));
            } catch (ChangeRefused e) {
                if (!Work.wasRefusedAs(e, CloudFailure.Kind.CONFLICT)) {
                    throw e;
                }
            }
        }
        for (var project : surplus) {
            work.drop("bar " + project, access(work, "removeTenantAccess", project));
        }
    }

    private static Request access(Work work, String action, String project) {
        return Request.post(Service.COMPUTE, "/flavors/{}/action", work.physicalId())
                .body(Map.of(action, Map.of("tenant", project)));
    }

    static Set<String> projects(Work work, JsonNode names) {
        var ids = new LinkedHashSet<String>();
        names.forEach(name -> ids.add(Names.id(work, "project", name.asString())));
        return ids;
    }

    @Override
    public Map<String, Value> attributes(Work work) {
        var attributes = new LinkedHashMap<>(super.attributes(work));
        attributes.put(
                "is_public", attributes.getOrDefault("os-flavor-access:is_public", Value.NULL));
        attributes.put(
                "extra_specs",
                Properties.value(
                        work.get(
                                        Request.get(
                                                Service.COMPUTE,
                                                "/flavors/{}/os-extra_specs",
                                                work.physicalId()))
                                .path("extra_specs")));
        return attributes;
    }
}

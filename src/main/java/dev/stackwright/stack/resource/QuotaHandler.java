package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The quota of a project in one service. Whatever the template leaves out stays; deleting the
 * resource gives the project the defaults again.
 */
record QuotaHandler(String type, Service service, String path, String key)
        implements ResourceHandler {

    static final QuotaHandler COMPUTE =
            new QuotaHandler("OS::Nova::Quota", Service.COMPUTE, "/os-quota-sets/{}", "quota_set");
    static final QuotaHandler VOLUME =
            new QuotaHandler("OS::Cinder::Quota", Service.VOLUME, "/os-quota-sets/{}", "quota_set");
    static final QuotaHandler NETWORK =
            new QuotaHandler("OS::Neutron::Quota", Service.NETWORK, "/quotas/{}", "quota");

    @Override
    public Set<String> types() {
        return Set.of(type);
    }

    @Override
    public StepOutcome create(Work work) {
        var limits = RestHandler.object();
        for (var property : work.type().properties().keySet()) {
            var limit = work.json(property);
            if (!property.equals("project") && limit.isNumber()) {
                limits.set(property, limit);
            }
        }
        if (limits.isEmpty()) {
            return Work.failed("It sets no limit at all");
        }
        var project = Names.id(work, "project", work.required("project"));
        var answer =
                work.change("set", Request.put(service, path, project).body(Map.of(key, limits)));
        work.seen(answer.body().path(key));
        work.is(project);
        return work.done();
    }

    /** What is not limited any more keeps its last limit: the services reset only all at once. */
    @Override
    public StepOutcome update(Work work) {
        return create(work);
    }

    @Override
    public StepOutcome delete(Work work) {
        if (work.exists()) {
            work.drop("reset", Request.delete(service, path, work.physicalId()));
        }
        return work.done();
    }

    @Override
    public Map<String, Value> attributes(Work work) {
        var attributes = new LinkedHashMap<String, Value>();
        work.live()
                .ifPresent(live ->
                        live.properties()
                                .forEach(e ->
                                        attributes.put(
                                                e.getKey(), Properties.value(e.getValue()))));
        return attributes;
    }
}

package dev.stackwright.operations.gather;

import static dev.stackwright.cloud.Request.get;

import dev.stackwright.cloud.Account;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.OpenStack;
import dev.stackwright.cloud.Service;
import dev.stackwright.operations.store.HostFactStore.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks what hosts have to give and what flavors ask of them, in three calls however many hosts
 * there are: placement tells the capacity and the use of every host that has room for one
 * processor. A host that it does not name has no room at all.
 */
public final class HostReadings {

    private static final Logger LOG = LoggerFactory.getLogger(HostReadings.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST = 5000;
    private static final int LONGEST = 19_000;

    private final Account account;

    public HostReadings(Account account) {
        this.account = account;
    }

    /** What there is to say; throws when the cloud does not answer. */
    public List<Fact> read() {
        return account.as(os -> {
            var facts = new ArrayList<Fact>();
            hosts(os).forEach((id, body) -> add(facts, "host", id, body));
            flavors(os).forEach((name, body) -> add(facts, "flavor", name, body));
            return facts;
        });
    }

    private static void add(List<Fact> facts, String kind, String id, ObjectNode body) {
        var text = body.toString();
        if (text.length() > LONGEST) {
            // Only traits are that many; without them a plan says that it does not know.
            body.putArray("traits");
            text = body.toString();
        }
        if (text.length() <= LONGEST && id.length() <= 255) {
            facts.add(new Fact(kind, id, text));
        }
    }

    private static Map<String, ObjectNode> hosts(OpenStack os) {
        var hosts = new HashMap<String, ObjectNode>();
        if (os.offers(Service.PLACEMENT)) {
            var summaries =
                    os.find(
                                    get(Service.PLACEMENT, "/allocation_candidates")
                                            .query("resources", "VCPU:1")
                                            .query("limit", MOST)
                                            .microversion("1.29"))
                            .map(answer -> answer.body().path("provider_summaries"))
                            .orElse(JSON.objectNode());
            for (var each : summaries.properties()) {
                var root = each.getValue().path("root_provider_uuid").asString(each.getKey());
                add(hosts.computeIfAbsent(root, _ -> JSON.objectNode()), each.getValue());
            }
        }
        for (var aggregate : os.list(get(Service.COMPUTE, "/os-aggregates"), "aggregates")) {
            for (var host : aggregate.path("hosts")) {
                hosts.computeIfAbsent("name:" + host.asString(""), _ -> JSON.objectNode())
                        .withArray("aggregates")
                        .addObject()
                        .put("name", Answers.text(aggregate, "name"))
                        .set("metadata", aggregate.path("metadata").deepCopy());
            }
        }
        return hosts;
    }

    /** Of a host and of what is nested in it. */
    private static void add(ObjectNode host, JsonNode summary) {
        var resources = host.withObject("resources");
        for (var each : summary.path("resources").properties()) {
            var sum = resources.withObject(each.getKey());
            for (var part : List.of("capacity", "used")) {
                sum.put(part, sum.path(part).asLong(0) + each.getValue().path(part).asLong(0));
            }
        }
        var traits = new TreeSet<String>();
        host.path("traits").forEach(trait -> traits.add(trait.asString("")));
        summary.path("traits").forEach(trait -> traits.add(trait.asString("")));
        var all = host.putArray("traits");
        traits.forEach(all::add);
    }

    private static Map<String, ObjectNode> flavors(OpenStack os) {
        var flavors = new HashMap<String, ObjectNode>();
        try {
            for (var flavor :
                    os.list(
                            get(Service.COMPUTE, "/flavors/detail")
                                    .query("is_public", "None")
                                    .microversion("2.61"),
                            "flavors")) {
                if (flavor.path("extra_specs") instanceof ObjectNode specs && !specs.isEmpty()) {
                    flavors.put(Answers.text(flavor, "name"), specs.deepCopy());
                }
            }
        } catch (CloudFailure failure) {
            LOG.debug("What flavors ask of their hosts is not known: {}", failure.getMessage());
        }
        return flavors;
    }
}

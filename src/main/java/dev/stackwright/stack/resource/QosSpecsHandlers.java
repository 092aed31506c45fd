package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.StepOutcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cinder's QoS: specs, and the volume types that they hold for. */
final class QosSpecsHandlers {

    private QosSpecsHandlers() {}

    static List<ResourceHandler> all() {
        return List.of(new SpecsHandler(), new AssociationHandler());
    }

    /** Specs lie open in the body, beside the name. */
    private static final class SpecsHandler extends RestHandler {

        SpecsHandler() {
            super(
                    RestType.of(
                                    "OS::Cinder::QoSSpecs",
                                    Service.VOLUME,
                                    "/qos-specs",
                                    "qos_specs",
                                    "qos_specs")
                            .left("specs", "description")
                            .unmarked());
        }

        @Override
        void alsoWanted(Work work, ObjectNode body) {
            specs(work, body);
        }

        @Override
        void alsoChanged(Work work, ObjectNode changes) {
            specs(work, changes);
        }

        private static void specs(Work work, ObjectNode body) {
            work.json("specs")
                    .properties()
                    .forEach(spec -> body.put(spec.getKey(), spec.getValue().asString()));
        }

        @Override
        void finishChange(Work work) {
            var surplus = new ArrayList<String>();
            work.jsonBefore("specs").propertyNames().forEach(surplus::add);
            work.json("specs").propertyNames().forEach(surplus::remove);
            if (!surplus.isEmpty()) {
                work.drop(
                        "drop keys",
                        Request.put(Service.VOLUME, "/qos-specs/{}/delete_keys", work.physicalId())
                                .body(Map.of("keys", surplus)));
            }
        }
    }

    /** Which types the specs hold for. */
    private static final class AssociationHandler implements ResourceHandler {

        @Override
        public Set<String> types() {
            return Set.of("OS::Cinder::QoSAssociation");
        }

        @Override
        public StepOutcome create(Work work) {
            var wanted = types(work, work.json("volume_types"));
            var surplus = types(work, work.jsonBefore("volume_types"));
            surplus.removeAll(wanted);
            for (var type : wanted) {
                work.change("associate " + type, request(work, "associate", type));
            }
            for (var type : surplus) {
                work.drop("part " + type, request(work, "disassociate", type));
            }
            work.is(work.row().toString());
            return work.done();
        }

        @Override
        public StepOutcome update(Work work) {
            return create(work);
        }

        @Override
        public StepOutcome delete(Work work) {
            if (work.exists()) {
                for (var type : types(work, work.json("volume_types"))) {
                    work.drop("part " + type, request(work, "disassociate", type));
                }
            }
            return work.done();
        }

        private static Request request(Work work, String action, String type) {
            return Request.get(
                            Service.VOLUME,
                            "/qos-specs/{}/" + action,
                            Names.id(work, "qos_specs", work.required("qos_specs")))
                    .query("vol_type_id", type);
        }

        private static Set<String> types(Work work, JsonNode names) {
            var ids = new LinkedHashSet<String>();
            names.forEach(name -> ids.add(Names.id(work, "volume_type", name.asString())));
            return ids;
        }
    }
}

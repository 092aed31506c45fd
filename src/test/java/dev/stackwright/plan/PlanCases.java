package dev.stackwright.plan;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.kernel.Value;
import dev.stackwright.plan.DeployedResource.Standing;
import dev.stackwright.template.CheckedTemplate;
import dev.stackwright.template.Constraints;
import dev.stackwright.template.Environment;
import dev.stackwright.template.Lookup;
import dev.stackwright.template.Resolver;
import dev.stackwright.template.TemplateCheck;
import dev.stackwright.template.TemplateReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Pretends that a template was applied: every resource stands, with ids that tell its name. */
final class PlanCases {

    static final Sizes SIZES =
            new Sizes() {
                private static final Map<String, FlavorSize> FLAVORS =
                        Map.of(
                                "m1.small", new FlavorSize(1, 2048, 20),
                                "m1.large", new FlavorSize(4, 8192, 40));

                @Override
                public Optional<FlavorSize> flavor(String nameOrId) {
                    return Optional.ofNullable(FLAVORS.get(nameOrId));
                }

                @Override
                public OptionalLong volumeGigabytes(String nameOrId) {
                    return OptionalLong.empty();
                }

                @Override
                public OptionalLong snapshotGigabytes(String nameOrId) {
                    return OptionalLong.empty();
                }
            };

    static final Planner PLANNER = new Planner(Catalog.builtIn(), SIZES);

    private PlanCases() {}

    static CheckedTemplate check(String text, Map<String, Value> parameters) {
        return check(text, Environment.of(parameters));
    }

    static CheckedTemplate check(String text, Environment environment) {
        var read = TemplateReader.read(text);
        var template =
                read.template().orElseThrow(() -> new AssertionError(read.diagnostics().all()));
        var checked =
                TemplateCheck.check(
                        template, environment, Map.of(), Catalog.builtIn(), Constraints.UNCHECKED);
        return checked.template()
                .orElseThrow(() -> new AssertionError(checked.diagnostics().all()));
    }

    static DeployedStack deployed(CheckedTemplate template, Map<String, Standing> standings) {
        var ids = new Ids();
        var resources = new LinkedHashMap<String, DeployedResource>();
        for (var name : template.graph().order()) {
            var definition = template.resources().get(name);
            if (definition == null) {
                continue;
            }
            var resolver = Resolver.of(template, ids);
            var properties = resolver.properties(name);
            var type = template.typeOf(name);
            ids.learn(name, type, properties);
            resources.put(
                    name,
                    new DeployedResource(
                            name,
                            type,
                            properties,
                            resolver.resolve(definition.metadata()),
                            "id-of-" + name,
                            ids.reference(name),
                            ids.attributes.getOrDefault(name, Map.of()),
                            template.deletionPolicyOf(name),
                            template.graph().dependenciesOf(name),
                            standings.getOrDefault(name, Standing.SOUND),
                            definition.externalId() != null));
        }
        return new DeployedStack(
                "shop", 3, resources, template.values().values(), template.values().hidden());
    }

    /** Made-up answers of the cloud. */
    private static final class Ids implements Lookup {

        private final Map<String, Value> references = new HashMap<>();
        private final Map<String, Map<String, Value>> attributes = new HashMap<>();

        void learn(String name, String type, Value.Entries properties) {
            references.put(
                    name,
                    type.equals("OS::Heat::RandomString")
                            ? Value.of("S3cr3tOf" + name)
                            : Value.of("id-of-" + name));
            var told = new LinkedHashMap<>(properties.values());
            switch (type) {
                case "OS::Nova::Server" -> told.put("first_address", Value.of("10.0.0.7"));
                case "OS::Neutron::FloatingIP" ->
                        told.put("floating_ip_address", Value.of("203.0.113.9"));
                case "OS::Neutron::Port" ->
                        told.put(
                                "fixed_ips",
                                Value.list(
                                        new Value.Entries(
                                                Map.of("ip_address", Value.of("10.0.0.7")))));
                case "OS::Heat::RandomString" -> told.put("value", Value.of("S3cr3tOf" + name));
                default -> {}
            }
            attributes.put(name, told);
        }

        @Override
        public Value reference(String resource) {
            return references.getOrDefault(resource, Value.NULL);
        }

        @Override
        public Value attribute(String resource, List<Value> path) {
            var here = (Value) new Value.Entries(attributes.getOrDefault(resource, Map.of()));
            for (var step : new ArrayList<>(path)) {
                here =
                        switch (here) {
                            case Value.Entries(var entries) when step instanceof Value.Text t ->
                                    entries.getOrDefault(t.value(), Value.NULL);
                            case Value.Items(var items) when step instanceof Value.Num n ->
                                    items.get(n.value().intValue());
                            default -> Value.NULL;
                        };
            }
            return here;
        }
    }
}

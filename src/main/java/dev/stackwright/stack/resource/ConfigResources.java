package dev.stackwright.stack.resource;

import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Texts that servers are configured with. They live in Stackwright alone; other resources name them
 * by an id and get the text.
 */
final class ConfigResources {

    private ConfigResources() {}

    static List<ResourceHandler> all() {
        return List.of(
                new Config(
                        Set.of("OS::Heat::SoftwareConfig", "OS::Heat::StructuredConfig"),
                        work -> Properties.value(work.json("config"))),
                new Config(
                        Set.of("OS::Heat::SoftwareComponent"),
                        work ->
                                new Value.Entries(
                                        Map.of("configs", Properties.value(work.json("configs"))))),
                new Config(
                        Set.of("OS::Heat::CloudConfig"),
                        work -> Value.of("#cloud-config\n" + yaml(work.json("cloud_config")))),
                new Config(
                        Set.of("OS::Heat::MultipartMime"),
                        work -> Value.of(MultipartText.of(work))));
    }

    private static String yaml(JsonNode json) {
        var plain = JsonMapper.shared().convertValue(json, Object.class);
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return new Yaml(options).dump(plain);
    }

    /** One kind of config. */
    private record Config(Set<String> types, Function<Work, Value> text)
            implements ResourceHandler {

        @Override
        public StepOutcome create(Work work) {
            work.isAlways(work.row().toString());
            return work.done();
        }

        @Override
        public StepOutcome delete(Work work) {
            return work.done();
        }

        @Override
        public Map<String, Value> attributes(Work work) {
            return Map.of("config", text.apply(work));
        }
    }
}

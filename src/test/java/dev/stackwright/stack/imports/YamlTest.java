package dev.stackwright.stack.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written reads as what it was. */
class YamlTest {

    @Test
    void listsInListsAndTextsOfSeveralLinesReadBackAsTheyWere() {
        var values = new LinkedHashMap<String, Object>();
        values.put("type", "OS::Nova::Server");
        values.put("list_join", List.of(",", List.of("a: b", Map.of("get_param", "x"))));
        values.put("script", "#!/bin/sh\n\necho one\n  echo two\n");
        values.put("cut", "one\ntwo");
        values.put("odd", "  leading\nspace");
        values.put("open", "ends\n\n");
        values.put("colon", "note: this");

        var yaml = new Yaml();
        yaml.entries(0, values);

        assertThat((Object) new org.yaml.snakeyaml.Yaml().load(yaml.toString())).isEqualTo(values);
        assertThat(yaml.toString())
                .contains("type: OS::Nova::Server\n", "script: |\n", "cut: |-\n");
    }
}

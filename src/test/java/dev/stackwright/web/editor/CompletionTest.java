package dev.stackwright.web.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.template.TemplateVersion;
import dev.stackwright.web.editor.Choices.Choice;
import dev.stackwright.web.frame.Format;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

class CompletionTest {

    private static final String TEMPLATE =
            """
            heat_template_version: 2021-04-16
            parameters:
              size:
                type: string
            resources:
              net:
                type: OS::Neutron::Net
              port:
                type: OS::Neutron::Port
                properties:
                  network: { get_resource: net }
              web:
                type: OS::Nova::Server
                properties:
                  image: cirros
            """;

    @Test
    void offersTheTypesOfTheCatalog() {
        assertThat(labels("resources:\n  a:\n    type: OS::No|"))
                .contains("OS::Nova::Server", "OS::Neutron::Net")
                .allMatch(label -> label.contains("::"));
    }

    @Test
    void offersThePropertiesThatAreNotThereYetTheNeededOnesFirst() {
        var labels = labels(TEMPLATE + "      |");

        assertThat(labels).contains("flavor", "networks", "user_data").doesNotContain("image");
        assertThat(at(TEMPLATE + "      fla|").column()).isEqualTo(7);
    }

    @Test
    void offersWhatStandsInsideAListOfMaps() {
        assertThat(labels(TEMPLATE + "      networks:\n        - |"))
                .contains("port", "network", "fixed_ip");
        assertThat(labels(TEMPLATE + "      networks:\n        - port: x\n          |"))
                .contains("network")
                .doesNotContain("port");
        assertThat(labels(TEMPLATE + "      networks: [{ |")).contains("port");
    }

    @Test
    void offersWhatTheCloudHasAndWhatTheTemplateMakes() {
        assertThat(labels(TEMPLATE + "      flavor: |"))
                .startsWith("m1.small", "{ get_param: size }");
        assertThat(labels(TEMPLATE + "      networks:\n        - network: |"))
                .contains("{ get_resource: net }")
                .doesNotContain("{ get_resource: port }");
    }

    @Test
    void offersWhatAReferenceMayName() {
        assertThat(labels(TEMPLATE + "      name: { get_param: |")).contains("size");
        assertThat(labels(TEMPLATE + "      name: { get_resource: p|")).contains("net", "port");
        assertThat(labels(TEMPLATE + "      name: { get_attr: [port, |")).contains("fixed_ips");
        assertThat(labels(TEMPLATE + "    depends_on: |")).contains("net").doesNotContain("web");
    }

    @Test
    void offersTheWordsOfTheLanguage() {
        assertThat(labels("|")).contains("heat_template_version", "resources");
        assertThat(labels("heat_template_version: |")).startsWith("2021-04-16");
        assertThat(labels("parameters:\n  a:\n    |")).contains("type", "constraints");
        assertThat(labels("parameters:\n  a:\n    type: |")).contains("comma_delimited_list");
        assertThat(labels("parameters:\n  a:\n    constraints:\n      - custom_constraint: |"))
                .contains("nova.flavor");
        assertThat(labels(TEMPLATE + "      user_data:\n        |")).contains("str_replace");
    }

    @Test
    void saysWhatAPropertyIsAndThatAChangeReplacesTheServer() {
        var said = explain(TEMPLATE, 15, 9);

        assertThat(said.title()).isEqualTo("image");
        assertThat(said.kind()).contains("text", "Server");
        assertThat(said.column()).isEqualTo(7);
        var port = explain(TEMPLATE, 11, 9);
        assertThat(port.replaces()).isTrue();
        assertThat(String.join(" ", port.lines())).contains("replaces the port");
    }

    @Test
    void saysWhatATypeAReferenceAndAFunctionAre() {
        assertThat(explain(TEMPLATE, 13, 14).title()).isEqualTo("Server");
        assertThat(explain(TEMPLATE, 11, 33).kind()).isEqualTo("OS::Neutron::Net");
        assertThat(explain(TEMPLATE + "      name: { get_param: size }\n", 16, 29).kind())
                .isEqualTo("parameter: string");
        assertThat(explain(TEMPLATE + "      user_data:\n        str_replace:\n", 17, 12).kind())
                .isEqualTo("function");
    }

    @Test
    void hasWordsForEveryFunction() {
        for (var name : TemplateVersion.HOT_2021_04_16.functions()) {
            assertThat(FORMAT.say("editor.function." + name)).as(name).isNotBlank();
        }
    }

    @Test
    void staysCalmWhereThereIsNothing() {
        assertThat(at("\n\n- [{|").options()).isEmpty();
        assertThat(Explanation.at("", 1, 1, Catalog.builtIn(), FORMAT)).isEmpty();
        assertThat(Explanation.at("a: \u202e\0", 1, 99, Catalog.builtIn(), FORMAT)).isEmpty();
    }

    private static List<String> labels(String text) {
        return at(text).options().stream().map(Completion.Item::label).toList();
    }

    private static Completion.Answer at(String text) {
        var place = text.indexOf('|');
        var before = text.substring(0, place);
        var line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return Completion.at(
                before + text.substring(place + 1),
                line,
                place - before.lastIndexOf('\n'),
                Catalog.builtIn(),
                constraint ->
                        constraint.equals("nova.flavor")
                                ? List.of(new Choice("1", "m1.small", "m1.small (1 vCPU, 2 GiB)"))
                                : List.of(),
                FORMAT);
    }

    private static Explanation explain(String text, int line, int column) {
        return Explanation.at(text, line, column, Catalog.builtIn(), FORMAT).orElseThrow();
    }

    private static final Format FORMAT = format();

    private static Format format() {
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/editor");
        messages.setDefaultEncoding("UTF-8");
        return new Format(ZoneOffset.UTC, Locale.ENGLISH, InstantSource.system(), messages);
    }
}

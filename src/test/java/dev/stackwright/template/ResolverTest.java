package dev.stackwright.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.kernel.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResolverTest {

    private static final String TEMPLATE =
            """
            heat_template_version: 2021-04-16
            parameters:
              name: { type: string, default: shop }
              ports: { type: comma_delimited_list, default: "80,443" }
            resources:
              port:
                type: OS::Neutron::Port
                properties: { network: public }
              web:
                type: OS::Heat::Value
                properties:
                  value: %s
            """;

    private static CheckedTemplate checked(String value) {
        var template = TemplateReader.read(TEMPLATE.formatted(value)).template().orElseThrow();
        var checked =
                TemplateCheck.check(
                        template,
                        Environment.EMPTY,
                        Map.of(),
                        Catalog.builtIn(),
                        Constraints.UNCHECKED);
        assertThat(checked.diagnostics().errors()).isEmpty();
        return checked.template().orElseThrow();
    }

    private static Value resolved(String value, Lookup lookup) {
        return Resolver.of(checked(value), lookup)
                .properties("web")
                .values()
                .getOrDefault("value", Value.NULL);
    }

    @Test
    void whatOnlyTheCloudKnowsStaysUnknownAndNamesItsSource() {
        assertThat(resolved("{ get_attr: [port, fixed_ips, 0, ip_address] }", Lookup.NOTHING_YET))
                .isEqualTo(new Value.Unknown("port.fixed_ips[0].ip_address"));
    }

    @Test
    void aTextWithAnUnknownInsideIsUnknownBecauseOfIt() {
        String text =
                "{ str_replace: { template: http://HOST/, params: { HOST: { get_attr: [port, name]"
                        + " } } } }";

        assertThat(resolved(text, Lookup.NOTHING_YET)).isEqualTo(new Value.Unknown("port.name"));
        assertThat(
                        resolved(
                                "{ list_join: ['-', [a, { get_resource: port }]] }",
                                Lookup.NOTHING_YET))
                .isEqualTo(new Value.Unknown("port"));
    }

    @Test
    void anUnknownThatIsNotPutInSpoilsNothing() {
        String text =
                "{ str_replace: { template: plain, params: { HOST: { get_resource: port } } } }";

        assertThat(resolved(text, Lookup.NOTHING_YET)).isEqualTo(Value.of("plain"));
    }

    @Test
    void aListKeepsWhatIsKnownOfIt() {
        assertThat(resolved("[{ get_param: name }, { get_resource: port }]", Lookup.NOTHING_YET))
                .isEqualTo(Value.list(Value.of("shop"), new Value.Unknown("port")));
    }

    @Test
    void onceTheCloudAnswersEverythingIsKnown() {
        var lookup =
                new Lookup() {
                    @Override
                    public Value reference(String resource) {
                        return Value.of("id-of-" + resource);
                    }

                    @Override
                    public Value attribute(String resource, List<Value> path) {
                        return Paths.select(
                                new Value.Entries(
                                        Map.of(
                                                "security_groups",
                                                Value.list(Value.of("a"), Value.of("b")))),
                                path);
                    }
                };

        assertThat(
                        resolved(
                                "{ list_join: [',', [{ get_resource: port }], { get_param: ports },"
                                        + " { get_attr: [port, security_groups] }] }",
                                lookup))
                .isEqualTo(Value.of("id-of-port,80,443,a,b"));
    }

    @Test
    void aFunctionThatCannotWorkSaysWhy() {
        var resolver =
                Resolver.of(
                        checked("{ str_split: [',', { get_attr: [port, name] }, 5] }"),
                        new Lookup() {
                            @Override
                            public Value reference(String resource) {
                                return Value.of("id");
                            }

                            @Override
                            public Value attribute(String resource, List<Value> path) {
                                return Value.of("a,b");
                            }
                        });

        resolver.properties("web");

        assertThat(resolver.problems().errors())
                .singleElement()
                .extracting("code")
                .isEqualTo("SW1403");
    }
}

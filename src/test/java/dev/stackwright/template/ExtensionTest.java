package dev.stackwright.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.kernel.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What templates may say here although Heat does not know it. */
class ExtensionTest {

    private static final String TEMPLATE =
            """
            AWSTemplateFormatVersion: '2010-09-09'
            Parameters:
              Who: { Type: String, Default: alice }
              Ports: { Type: CommaDelimitedList, Default: '80,443' }
            Resources:
              Disk: { Type: OS::Cinder::Volume, Properties: { size: 1 } }
            Outputs:
              Out: { Value: %s }
            """;

    private static Checked check(String text, Limits limits) {
        return TemplateCheck.check(
                TemplateReader.read(text, limits).template().orElseThrow(),
                Environment.EMPTY,
                Map.of(),
                Catalog.builtIn(),
                Constraints.UNCHECKED);
    }

    private static Value out(String value) {
        var checked = check(TEMPLATE.formatted(value), Limits.DEFAULT);
        assertThat(checked.diagnostics().errors()).isEmpty();
        return Resolver.of(checked.template().orElseThrow(), Lookup.NOTHING_YET)
                .outputs()
                .getOrDefault("Out", Value.NULL);
    }

    private static List<String> errors(String value) {
        return check(TEMPLATE.formatted(value), Limits.DEFAULT).diagnostics().errors().stream()
                .map(found -> found.code() + " " + found.detail())
                .toList();
    }

    @Test
    void namesInsideATextAreFilledIn() {
        assertThat(out("{ 'Fn::Sub': 'Hello ${Who} at ${Ports}, not ${!Who}' }"))
                .isEqualTo(Value.of("Hello alice at 80,443, not ${Who}"));
        assertThat(out("{ 'Fn::Sub': ['${A}-${Who}', { A: { Ref: Who } }] }"))
                .isEqualTo(Value.of("alice-alice"));
        assertThat(out("{ 'Fn::Sub': 'open ${ and no end' }"))
                .isEqualTo(Value.of("open ${ and no end"));
    }

    @Test
    void aResourceInsideATextIsWaitedFor() {
        String text =
                TEMPLATE.formatted("x")
                        + """
                        # two volumes
                        """;
        text =
                text.replace(
                        "Outputs:",
                        """
                          Copy:
                            Type: OS::Cinder::Volume
                            Properties: { size: 1, name: { 'Fn::Sub': 'copy of ${Disk} in ${Disk.status}' } }
                        Outputs:\
                        """);
        var checked = check(text, Limits.DEFAULT);

        assertThat(checked.diagnostics().errors()).isEmpty();
        assertThat(checked.template().orElseThrow().graph().dependenciesOf("Copy"))
                .containsExactly("Disk");
    }

    @Test
    void namesThatLeadNowhereAreTold() {
        assertThat(errors("{ 'Fn::Sub': 'Hello ${Whoo}' }"))
                .singleElement()
                .asString()
                .contains("SW1602", "Did you mean `Who`?");
        assertThat(errors("{ 'Fn::Sub': '${Disk.statuss}' }"))
                .singleElement()
                .asString()
                .contains("SW1603");
        assertThat(errors("{ 'Fn::Sub': [a] }")).singleElement().asString().contains("SW1401");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[10.0.0.0/16, 3, 8]; 10.0.0.0/24,10.0.1.0/24,10.0.2.0/24",
                "[10.0.7.9/16, 1, 8]; 10.0.0.0/24",
                "['192.168.0.0/24', '2', '4']; 192.168.0.0/28,192.168.0.16/28",
                "['2001:db8::/32', 2, 64]; 2001:db8::/64,2001:db8:0:1::/64",
            })
    void blocksAreCutIntoSmallerOnes(String arguments, String blocks) {
        var expected = List.of(blocks.split(",")).stream().map(Value::of).toArray(Value[]::new);

        assertThat(out("{ 'Fn::Cidr': %s }".formatted(arguments))).isEqualTo(Value.list(expected));
    }

    @Test
    void blocksThatDoNotFitAreRefused() {
        for (String wrong :
                List.of(
                        "[10.0.0.0/24, 3, 7]",
                        "[10.0.0.0/33, 1, 1]",
                        "[example.org/8, 1, 1]",
                        "[10.0.0.0/8, 999999, 1]",
                        "[10.0.0.0/8, 1, 0]",
                        "[{}, 1, 1]")) {
            assertThat(errors("{ 'Fn::Cidr': %s }".formatted(wrong))).as(wrong).hasSize(1);
        }
    }

    @Test
    void noValueTakesAwayWhatItStandsFor() {
        assertThat(out("[a, { Ref: 'AWS::NoValue' }, b]"))
                .isEqualTo(Value.list(Value.of("a"), Value.of("b")));
        assertThat(out("{ a: 1, b: { Ref: 'AWS::NoValue' } }"))
                .isEqualTo(new Value.Entries(Map.of("a", Value.of(1))));
    }

    @Test
    void whatAnotherStackExportsIsKnownLater() {
        assertThat(out("{ 'Fn::ImportValue': { 'Fn::Sub': '${Who}-net' } }"))
                .isEqualTo(new Value.Unknown("the export alice-net"));
        String exporting =
                TEMPLATE.formatted("x").replace("Value: x", "Value: x, Export: { Name: shop-net }");
        var output =
                check(exporting, Limits.DEFAULT)
                        .template()
                        .orElseThrow()
                        .outputs()
                        .values()
                        .iterator()
                        .next();
        assertThat(output.export()).isInstanceOf(Expression.Literal.class);
    }

    @Test
    void amazonsOwnSectionsAreReadOverWithAWarning() {
        String text = TEMPLATE.formatted("x") + "Metadata: { a: b }\nRules: { c: d }\n";

        assertThat(check(text, Limits.DEFAULT).diagnostics().all())
                .filteredOn(found -> found.code().equals("SW1109"))
                .hasSize(2);
        assertThat(check(text, Limits.DEFAULT).template()).isPresent();
    }

    @Test
    void withoutThemATextMeansWhatItMeansToHeat() {
        var asHeat = Limits.DEFAULT.with(Set.of());
        String text = TEMPLATE.formatted("{ 'Fn::Sub': 'Hello ${Who}' }");
        var checked = check(text, asHeat);

        assertThat(checked.diagnostics().errors()).isEmpty();
        assertThat(
                        Resolver.of(checked.template().orElseThrow(), Lookup.NOTHING_YET)
                                .outputs()
                                .get("Out"))
                .isEqualTo(new Value.Entries(Map.of("Fn::Sub", Value.of("Hello ${Who}"))));
        assertThat(check(text + "Rules: { c: d }\n", asHeat).diagnostics().errors())
                .extracting("code")
                .contains("SW1104");
        assertThat(
                        check(TEMPLATE.formatted("{ Ref: 'AWS::NoValue' }"), asHeat)
                                .diagnostics()
                                .errors())
                .extracting("code")
                .contains("SW1602");
    }
}

package dev.stackwright.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small things that a comparison with Heat on made-up templates brought to light. */
class AsHeatTest {

    private static final Limits AS_HEAT = Limits.DEFAULT.with(Set.of());

    private static Checked check(String text, CheckOptions options, Map<String, Value> given) {
        var read = TemplateReader.read(text, AS_HEAT);
        return read.template()
                .map(template ->
                        TemplateCheck.check(
                                template,
                                Environment.of(given),
                                Map.of(),
                                Catalog.builtIn(),
                                Constraints.UNCHECKED,
                                new StackIdentity("shop", "1", "p"),
                                options,
                                AS_HEAT))
                .orElseGet(() -> new Checked(read.diagnostics(), java.util.Optional.empty()));
    }

    private static List<String> errors(String text, CheckOptions options) {
        return check(text, options, Map.of()).diagnostics().errors().stream()
                .map(Diagnostic::code)
                .toList();
    }

    private static String withOutput(String value) {
        return """
        heat_template_version: 2021-04-16
        parameters:
          list: { type: comma_delimited_list, default: "x,y,z" }
          pair: { type: comma_delimited_list, default: ["-", a-b] }
          map: { type: json, default: { a: { b: [1, 2] } } }
          one: { type: number, default: 1 }
          name: { type: string, default: abc }
          flag: { type: boolean, default: true }
          open: { type: string }
        conditions:
          never: false
        resources:
          random: { type: OS::Heat::RandomString }
        outputs:
          out: { value: %s }
        """
                .formatted(value.strip());
    }

    private static String worth(String value) {
        var template = TemplateReader.read(withOutput(value), AS_HEAT).template().orElseThrow();
        var findings = new Findings();
        var values =
                ParameterValues.of(
                                template,
                                Environment.EMPTY,
                                StackIdentity.UNKNOWN,
                                Constraints.UNCHECKED,
                                false)
                        .values();
        var evaluation = new Evaluation(template, values, Map.of(), Lookup.NOTHING_YET, findings);
        Value worth =
                evaluation.value(Objects.requireNonNull(template.outputs().get("out")).value());
        return findings.hasErrors() ? "refused" : PythonText.json(worth);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    { str_split: { get_param: pair } }                                  | ["a", "b"]
                    { str_split: [",", "a,b", { get_param: flag }] }                     | "b"
                    { filter: [null, [a, b]] }                                          | ["a", "b"]
                    { filter: ["", [a]] }                                               | ["a"]
                    { filter: [[a], ""] }                                               | ""
                    { list_join: ["-", [a], {}, false, [b]] }                           | "a-b"
                    { list_join: ["-", [a], 1] }                                        | refused
                    { map_replace: [{ a: 1 }, { keys: { a: null } }] }                  | {"a": 1}
                    { map_replace: [{ a: 1 }, { keys: { a: [x] } }] }                   | refused
                    { get_param: [map, { if: [never, x] }, a] }                         | {"b": [1, 2]}
                    { make_url: { scheme: http, host: h, password: p } }                | "http://:p@h"
                    { make_url: { scheme: http } }                                      | "http://"
                    { make_url: { scheme: mailto, path: a } }                           | "mailto:a"
                    { make_url: { host: h, query: { a: [x, "it's"] } } }                | "//h?a=%5B%27x%27%2C+%22it%27s%22%5D"
                    { make_url: { host: h, fragment: { if: [never, x, null] } } }       | refused
                    { yaql: { expression: $.data.select($), data: { a: 1 } } }          | refused
                    { yaql: { expression: $.data.keys().select($), data: { a: 1 } } }   | ["a"]
                    """)
    void functionsGiveWhatTheyGiveThere(String value, String expected) {
        assertThat(worth(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ repeat: { template: '%a%', for_each: [a] } }",
                "{ repeat: { template: '%a%', for_each: { '%a%': [a] }, permutations: { get_param:"
                        + " flag } } }",
                "{ get_attr: { get_param: list } }",
                "{ get_attr: [random, 5] }",
                "{ get_attr: [random, { get_param: name }] }",
                "{ make_url: { get_param: map } }",
                "{ make_url: { scheme: http, port: 0 } }",
                "{ make_url: { scheme: null } }",
                "{ make_url: { query: 'a=b' } }",
                "{ if: [{ equals: [{ get_param: open }, x] }, a, b] }",
                "{ if: [{ get_param: name }, a, b] }",
            })
    void functionsAreRefusedWhereHeatsValidationRefusesThem(String value) {
        assertThat(errors(withOutput(value), CheckOptions.STRUCTURE)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ map_merge: null }",
                "{ list_concat: 1 }",
                "{ str_split: [','] }",
                "{ get_resource: missing }",
                "{ make_url: { query: { a: b }, fragment: 5 } }",
            })
    void whatHeatSaysWhenTheOutputIsReadIsAWarningOfItsValidationAndAMistakeBeforeALaunch(
            String value) {
        String text = withOutput(value).replace("  open: { type: string }\n", "");

        var validated = check(text, CheckOptions.STRUCTURE, Map.of());

        assertThat(validated.template()).isPresent();
        assertThat(errors(text, CheckOptions.LAUNCH)).isNotEmpty();
    }

    private static String withParameter(String parameter) {
        return """
        heat_template_version: 2018-08-31
        parameters:
          one: %s
        outputs:
          out: { value: { get_param: one } }
        """
                .formatted(parameter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ type: string, default: 12345, constraints: [{ length: { min: 2 } }] }",
                "{ type: string, default: 12345, constraints: [{ allowed_pattern: '[0-9]+' }] }",
                "{ type: comma_delimited_list, default: 80 }",
                "{ type: comma_delimited_list, default: '80,443', constraints: [{ allowed_values:"
                        + " [80, 443] }] }",
                "{ type: number, default: 1, constraints: [{ allowed_values: [1, many] }] }",
                "{ type: string, constraints: [{ length: { min: null } }] }",
                "{ type: string, constraints: [{ length: { min: 1.5 } }] }",
                "{ type: string, tags: null }",
            })
    void parametersAreRefusedAsThere(String parameter) {
        assertThat(errors(withParameter(parameter), CheckOptions.STRUCTURE)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ type: number, default: '' }",
                "{ type: boolean, default: perhaps }",
                "{ type: json, default: none }",
            })
    void aDefaultOfAnotherTypeCountsWhenItIsUsed(String parameter) {
        assertThat(errors(withParameter(parameter), CheckOptions.STRUCTURE)).isEmpty();
        assertThat(errors(withParameter(parameter), CheckOptions.LAUNCH)).contains("SW1204");
    }

    @Test
    void givenValuesAreHeldAgainstTheConstraintsBeforeALaunchOnly() {
        String text = withParameter("{ type: string, constraints: [{ allowed_values: [a, b] }] }");
        var given = Map.<String, Value>of("one", Value.of("c"));

        assertThat(check(text, CheckOptions.STRUCTURE, given).template()).isPresent();
        assertThat(check(text, CheckOptions.LAUNCH, given).diagnostics().errors())
                .extracting(Diagnostic::code)
                .containsExactly("SW1205");
    }

    @Test
    void aPseudoParameterCannotBeGiven() {
        var given = Map.<String, Value>of("OS::stack_name", Value.of("other"));

        assertThat(
                        check(withParameter("{ type: string }"), CheckOptions.STRUCTURE, given)
                                .diagnostics()
                                .errors())
                .extracting(Diagnostic::code)
                .containsExactly("SW1207");
    }

    @Test
    void aDefaultIsHeldAgainstWhatTheCloudHasWhenItIsUsed() {
        String text =
                withParameter(
                        "{ type: string, default: 10.0.0.300, constraints: [{ custom_constraint:"
                                + " ip_addr }] }");

        assertThat(errors(text, CheckOptions.STRUCTURE)).isEmpty();
        assertThat(errors(text, CheckOptions.LAUNCH)).containsExactly("SW1205");
        assertThat(
                        check(text, CheckOptions.LAUNCH, Map.of("one", Value.of("10.0.0.3")))
                                .diagnostics()
                                .errors())
                .isEmpty();
    }

    @Test
    void aListGivenForATextIsWrittenAsPythonWritesIt() {
        var definition =
                Objects.requireNonNull(
                        TemplateReader.read(withParameter("{ type: string }"), AS_HEAT)
                                .template()
                                .orElseThrow()
                                .parameters()
                                .get("one"));
        Value list =
                Value.list(Value.of("a"), Value.of(1), Value.NULL, Value.list(Value.of("it's")));

        assertThat(ParameterFit.convert(definition, list))
                .isEqualTo(new ParameterFit.Fits(Value.of("['a', 1, None, [\"it's\"]]")));
    }

    @Test
    void whatIsWrongWithAConditionIsToldBesideOtherMistakes() {
        String text =
                """
                heat_template_version: 2018-08-31
                parameters:
                  word: { type: string, default: maybe }
                conditions:
                  two: { equals: [1] }
                  three: { get_param: word }
                resources:
                  first: { type: OS::Heat::Nothing }
                  second: { type: OS::Heat::None, condition: { not: { get_param: word } } }
                  third: { type: OS::Heat::None, condition: two }
                """;

        assertThat(errors(text, CheckOptions.DRAFT))
                .containsExactlyInAnyOrder("SW1401", "SW1501", "SW1303", "SW1501");
    }

    private static String withResource(String more) {
        return """
        heat_template_version: 2018-08-31
        resources:
          group:
            type: OS::Heat::ResourceGroup
            properties: { resource_def: { type: OS::Heat::None } }
            %s
        """
                .formatted(more);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "depends_on:",
                "deletion_policy:",
                "update_policy:",
                "description: 5",
                "update_policy: { rolling_update: 1 }",
                "update_policy: { rolling_update: { max_batch: 1 } }",
                "update_policy: { rolling_update: { pause_time: soon } }",
            })
    void resourcesAreRefusedAsThere(String more) {
        assertThat(errors(withResource(more), CheckOptions.STRUCTURE)).isNotEmpty();
    }

    @Test
    void anUpdatePolicyIsReadToItsBottom() {
        assertThat(
                        errors(
                                withResource(
                                        "update_policy: { rolling_update: { max_batch_size: 2,"
                                                + " pause_time: '5' } }"),
                                CheckOptions.STRUCTURE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parameters: []", "outputs: ''", "resources: false"})
    void aSectionWithNothingInItIsNoMistake(String section) {
        String text = "heat_template_version: 2018-08-31\n" + section + "\n";

        assertThat(errors(text, CheckOptions.STRUCTURE)).isEmpty();
        assertThat(check(text, CheckOptions.STRUCTURE, Map.of()).diagnostics().all())
                .extracting(Diagnostic::code)
                .containsExactly("SW1003");
    }

    @Test
    void conditionsThatAreOpenedAndLeftEmptyAreOne() {
        assertThat(errors("heat_template_version: 2018-08-31\nconditions:\n", CheckOptions.DRAFT))
                .containsExactly("SW1003");
    }
}

package dev.stackwright.template.yaql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stackwright.kernel.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YaqlTest {

    private static final Value DATA =
            new Value.Entries(
                    Map.of(
                            "numbers", Value.list(Value.of(3), Value.of(1), Value.of(2)),
                            "servers",
                                    Value.list(
                                            new Value.Entries(
                                                    Map.of(
                                                            "name",
                                                            Value.of("a"),
                                                            "cpus",
                                                            Value.of(2))),
                                            new Value.Entries(
                                                    Map.of(
                                                            "name",
                                                            Value.of("b"),
                                                            "cpus",
                                                            Value.of(4)))),
                            "text", Value.of("one,two,three")));

    private static Value value(String expression) {
        return Yaql.read(expression).evaluate(DATA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + 2 * 3                                                  | 7",
                "(1 + 2) * 3                                                | 9",
                "7 / 2                                                      | 3",
                "-7 mod 3                                                   | 2",
                "$.data.numbers.sum()                                       | 6",
                "$.data.servers.where($.cpus > 2).select($.name).join('+')  | b",
                "$.data.servers.name.join('')                               | ab",
                "$.data.text.rightSplit(separator => ',', maxSplits => 1)[1] | three",
                "$.data.numbers.orderBy($)[0]                               | 1",
                "$.data.numbers.reduce($1 + $2, 10)                         | 16",
                "concat('a', 'b')                                           | ab",
                "$.data.get(missing, other)                                 | other",
                "switch({$.data.numbers.len() > 5 => many, true => few})    | few",
            })
    void expressionsAreWorth(String expression, String expected) {
        Value value = value(expression);

        assertThat(
                        value instanceof Value.Num num
                                ? num.value().toPlainString()
                                : ((Value.Text) value).value())
                .isEqualTo(expected.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 +", "$.data.", "(1", "[1, 2", "f(", "'open", "1 2", "#", "{a}"})
    void whatCannotBeReadIsAProblem(String expression) {
        assertThatThrownBy(() -> Yaql.read(expression)).isInstanceOf(YaqlProblem.class);
    }

    @Test
    void aFunctionThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> value("$.data.numbers.frobnicate()"))
                .isInstanceOf(YaqlProblem.class)
                .hasMessageContaining("frobnicate");
    }

    /** A function that is done says at most what is wrong with its arguments. */
    @Test
    void theTableSaysTrulyWhichFunctionsAreDone() throws IOException {
        var rows =
                Pattern.compile("^\\| `(\\w+)` \\| (yes|no) \\|", Pattern.MULTILINE)
                        .matcher(Files.readString(Path.of("docs/yaql.md")))
                        .results()
                        .toList();

        assertThat(rows).hasSizeGreaterThan(100);
        for (var row : rows) {
            String function = row.group(1);
            boolean done = row.group(2).equals("yes");
            assertThat(isDone(function)).as(function).isEqualTo(done);
            assertThat(Yaql.read(function + "()").unsupported().isEmpty())
                    .as(function)
                    .isEqualTo(done);
        }
    }

    /** Strange arguments are a mistake of the template and never one of ours. */
    @Test
    void noFunctionBreaksWhateverItIsGiven() throws IOException {
        var values =
                List.of(
                        "null",
                        "-1",
                        "0",
                        "7",
                        "1.5",
                        "true",
                        "''",
                        "'a%s{'",
                        "[]",
                        "[3, [1], a]",
                        "{}",
                        "{a => [1]}",
                        "$",
                        "$ + 1");
        var broken = new TreeSet<String>();
        for (var row :
                Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE)
                        .matcher(Files.readString(Path.of("docs/yaql.md")))
                        .results()
                        .toList()) {
            for (String one : values) {
                for (String two : values) {
                    for (String call :
                            List.of(
                                    "(%s)",
                                    "(%s, %s)",
                                    "(%s, $, %s)",
                                    "(%s, %s, 0, 1)",
                                    "(%s, %s, 2, -1, 3)")) {
                        String expression = row.group(1) + call.formatted(one, two);
                        try {
                            value(expression);
                        } catch (YaqlProblem _) {
                            continue;
                        } catch (RuntimeException e) {
                            broken.add(row.group(1) + " " + e + " by " + expression);
                        }
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean isDone(String function) {
        try {
            value(function + "()");
            return true;
        } catch (YaqlProblem problem) {
            if (problem.isUnsupported()) {
                assertThat(problem.sentence()).contains(function);
            }
            return !problem.isUnsupported();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "range(100000000).len()",
                "range(1000).selectMany(range(1000)).len()",
                "('a' * 1000000000).len()",
                "(('a' * 90000) + 'b').matches('(a*)*(a*)*(a*)*\\\\1c')",
            })
    void whatWouldCostTooMuchIsGivenUp(String expression) {
        assertThatThrownBy(() -> value(expression)).isInstanceOf(YaqlProblem.class);
    }
}

package dev.stackwright.metering.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExpressionTest {

    private static final JsonNode ROOT =
            JsonMapper.shared()
                    .readTree(
                            """
                            {"payload": {
                              "id": "a", "nothing": null, "pool": "host@fast#one",
                              "from": "2012-05-08 20:23:41", "to": "2012-05-08T20:23:47.985999+00:00",
                              "metrics": [{"name": "cpu.user", "v": 1}, {"name": "cpu.idle", "v": 0.5}]}}
                            """);

    @Test
    void aPathFindsOneEachOrThoseThatFit() {
        assertThat(values("payload.metrics[1].name")).containsExactly("cpu.idle");
        assertThat(values("payload.metrics[*].v")).containsExactly("1", "0.5");
        assertThat(values("payload.metrics[name=cpu.idle].v * 100")).containsExactly("50.0");
    }

    @Test
    void whatIsNullOrMissingIsNoValue() {
        assertThat(values("payload.nothing")).isEmpty();
        assertThat(values("payload.missing.deeper")).isEmpty();
        assertThat(values("payload.missing or payload.id")).containsExactly("a");
        assertThat(values("payload.id + payload.missing")).isEmpty();
    }

    @Test
    void textsArePutTogetherAndCut() {
        assertThat(values("'x.' + payload.id")).containsExactly("x.a");
        assertThat(values("payload.pool before '#'")).containsExactly("host@fast");
    }

    @Test
    void secondsLieBetweenTwoTimes() {
        assertThat(values("seconds(payload.from, payload.to)")).containsExactly("6.985999");
    }

    @Test
    void whatCannotBeReadIsRefusedWithItsText() {
        assertThatThrownBy(() -> Expression.parse("seconds(payload.from"))
                .hasMessageContaining("seconds(payload.from");
    }

    private static List<String> values(String expression) {
        return Expression.parse(expression).values(ROOT).stream()
                .map(node -> node.isString() ? node.asString() : node.toString())
                .toList();
    }
}

package dev.stackwright.metering.sample;

import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A small expression of the meter definitions, such as {@code
 * payload.metrics[name=cpu.percent].value * 100}. It finds any number of values in a notification;
 * a value that is null is not one.
 *
 * <pre>
 *   payload.volume_attachment[0].server_id    a path; [n] one of a list, [*] each, [k=v] where k is v
 *   'text'  42                                a constant
 *   a + b                                     texts put together
 *   a * 100                                   a number multiplied
 *   a before '#'                              the text up to a mark
 *   a or b                                    the values of a, and then those of b
 *   seconds(a, b)                             how long from one time to another
 * </pre>
 */
sealed interface Expression {

    List<JsonNode> values(JsonNode root);

    default Optional<JsonNode> first(JsonNode root) {
        return values(root).stream().findFirst();
    }

    default Optional<String> text(JsonNode root) {
        return first(root).map(Expression::asText);
    }

    static Expression parse(String text) {
        return new Reader(text).whole();
    }

    private static String asText(JsonNode node) {
        return node.isString() ? node.asString() : node.toString();
    }

    /** A text or a number that stands for itself. */
    record Constant(JsonNode value) implements Expression {
        @Override
        public List<JsonNode> values(JsonNode root) {
            return List.of(value);
        }
    }

    /** A way down into the notification. */
    record Path(List<Step> steps) implements Expression {
        @Override
        public List<JsonNode> values(JsonNode root) {
            var here = List.of(root);
            for (var step : steps) {
                List<JsonNode> next = new ArrayList<>();
                here.forEach(node -> step.from(node, next));
                here = next;
            }
            return here.stream().filter(node -> !node.isNull()).toList();
        }
    }

    /** Texts put together. */
    record Concat(Expression left, Expression right) implements Expression {
        @Override
        public List<JsonNode> values(JsonNode root) {
            return left.text(root)
                    .flatMap(a -> right.text(root).map(b -> a + b))
                    .map(text -> List.<JsonNode>of(JsonNodeFactory.instance.stringNode(text)))
                    .orElse(List.of());
        }
    }

    /** Numbers, each multiplied. */
    record Times(Expression of, BigDecimal factor) implements Expression {
        @Override
        public List<JsonNode> values(JsonNode root) {
            return of.values(root).stream()
                    .flatMap(node -> Numbers.of(node).stream())
                    .map(number ->
                            (JsonNode) JsonNodeFactory.instance.numberNode(number.multiply(factor)))
                    .toList();
        }
    }

    /** The values of one, and then those of the other. */
    record Or(Expression one, Expression other) implements Expression {
        @Override
        public List<JsonNode> values(JsonNode root) {
            List<JsonNode> both = new ArrayList<>(one.values(root));
            both.addAll(other.values(root));
            return both;
        }
    }

    /** The text up to a mark. */
    record Before(Expression of, String mark) implements Expression {
        @Override
        public List<JsonNode> values(JsonNode root) {
            return of.text(root)
                    .map(text -> text.contains(mark) ? text.substring(0, text.indexOf(mark)) : text)
                    .map(text -> List.<JsonNode>of(JsonNodeFactory.instance.stringNode(text)))
                    .orElse(List.of());
        }
    }

    /** The seconds from one time to another. */
    record Seconds(Expression from, Expression to) implements Expression {
        @Override
        public List<JsonNode> values(JsonNode root) {
            var start = from.text(root).flatMap(WireTime::parse);
            var end = to.text(root).flatMap(WireTime::parse);
            if (start.isEmpty() || end.isEmpty()) {
                return List.of();
            }
            var micros = ChronoUnit.MICROS.between(start.get(), end.get());
            return List.of(JsonNodeFactory.instance.numberNode(BigDecimal.valueOf(micros, 6)));
        }
    }

    /** One step of a path. */
    sealed interface Step {

        void from(JsonNode node, List<JsonNode> into);

        /** The entry of a map. */
        record Named(String name) implements Step {
            @Override
            public void from(JsonNode node, List<JsonNode> into) {
                if (node.isObject() && node.has(name)) {
                    into.add(node.get(name));
                }
            }
        }

        /** One of a list. */
        record At(int index) implements Step {
            @Override
            public void from(JsonNode node, List<JsonNode> into) {
                if (node.isArray() && node.has(index)) {
                    into.add(node.get(index));
                } else if (index == 0 && node.isObject()) {
                    into.add(node);
                }
            }
        }

        /** Each of a list; of what is no list, itself. */
        record Each() implements Step {
            @Override
            public void from(JsonNode node, List<JsonNode> into) {
                if (node.isArray()) {
                    node.forEach(into::add);
                } else if (!node.isNull()) {
                    into.add(node);
                }
            }
        }

        /** Those of a list of maps in which an entry has a value. */
        record Where(String name, String value) implements Step {
            @Override
            public void from(JsonNode node, List<JsonNode> into) {
                new Each()
                        .from(
                                node,
                                new ArrayList<>() {
                                    @Override
                                    public boolean add(JsonNode each) {
                                        return each.path(name).asString("").equals(value)
                                                && into.add(each);
                                    }
                                });
            }
        }
    }

    /** Reads the small language. */
    final class Reader {

        private static final Pattern TOKEN =
                Pattern.compile("'[^']*'|[(),+*]|(?:\\[[^]]*]|[^\\s(),+*'\\[])+");

        private final List<String> tokens = new ArrayList<>();
        private final String text;
        private int next;

        Reader(String text) {
            this.text = text;
            var matcher = TOKEN.matcher(text);
            while (matcher.find()) {
                tokens.add(matcher.group());
            }
        }

        Expression whole() {
            var expression = either();
            if (next != tokens.size()) {
                throw wrong();
            }
            return expression;
        }

        private Expression either() {
            var expression = sum();
            while (skip("or")) {
                expression = new Or(expression, sum());
            }
            return expression;
        }

        private Expression sum() {
            var expression = single();
            while (true) {
                if (skip("+")) {
                    expression = new Concat(expression, single());
                } else if (skip("*")) {
                    expression = new Times(expression, new BigDecimal(take()));
                } else if (skip("before")) {
                    var mark = take();
                    expression = new Before(expression, mark.substring(1, mark.length() - 1));
                } else {
                    return expression;
                }
            }
        }

        private Expression single() {
            var token = take();
            if (token.equals("seconds") && skip("(")) {
                var from = either();
                expect(",");
                var to = either();
                expect(")");
                return new Seconds(from, to);
            }
            if (token.startsWith("'")) {
                return new Constant(
                        JsonNodeFactory.instance.stringNode(
                                token.substring(1, token.length() - 1)));
            }
            if (Character.isDigit(token.charAt(0))) {
                return new Constant(JsonNodeFactory.instance.numberNode(new BigDecimal(token)));
            }
            return new Path(steps(token));
        }

        private static List<Step> steps(String path) {
            List<Step> steps = new ArrayList<>();
            var matcher = Pattern.compile("\\[([^]]*)]|[^.\\[]+").matcher(path);
            while (matcher.find()) {
                var inside = matcher.group(1);
                if (inside == null) {
                    steps.add(new Step.Named(matcher.group()));
                } else if (inside.equals("*")) {
                    steps.add(new Step.Each());
                } else if (inside.contains("=")) {
                    var at = inside.indexOf('=');
                    steps.add(
                            new Step.Where(
                                    inside.substring(0, at).strip(),
                                    inside.substring(at + 1).strip()));
                } else {
                    steps.add(new Step.At(Integer.parseInt(inside.strip())));
                }
            }
            return steps;
        }

        private String take() {
            if (next == tokens.size()) {
                throw wrong();
            }
            return tokens.get(next++);
        }

        private boolean skip(String token) {
            if (next < tokens.size() && tokens.get(next).equals(token)) {
                next++;
                return true;
            }
            return false;
        }

        private void expect(String token) {
            if (!skip(token)) {
                throw wrong();
            }
        }

        private IllegalArgumentException wrong() {
            return new IllegalArgumentException("A meter definition cannot be read: " + text);
        }
    }
}

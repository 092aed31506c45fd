package dev.stackwright.plan;

import dev.stackwright.kernel.Value;
import dev.stackwright.template.Expression;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an expression takes its value from: parameters, other resources, files. */
record Uses(
        Set<String> parameters, Set<String> resources, Set<Attribute> attributes, boolean files) {

    /** One attribute of a resource. */
    record Attribute(String resource, String name) {}

    static Uses of(Expression expression) {
        var collector = new Collector();
        collector.walk(expression);
        return new Uses(
                collector.parameters, collector.resources, collector.attributes, collector.files);
    }

    private static final class Collector {

        private final Set<String> parameters = new LinkedHashSet<>();
        private final Set<String> resources = new LinkedHashSet<>();
        private final Set<Attribute> attributes = new LinkedHashSet<>();
        private boolean files;

        void walk(Expression expression) {
            switch (expression) {
                case Expression.Literal _ -> {}
                case Expression.ListOf list -> list.items().forEach(this::walk);
                case Expression.MapOf map -> map.members().forEach(m -> walk(m.value()));
                case Expression.Call call -> {
                    note(call);
                    walk(call.argument());
                }
            }
        }

        private void note(Expression.Call call) {
            var names = names(call.argument());
            if (names.isEmpty()) {
                return;
            }
            var first = names.getFirst();
            switch (call.name()) {
                case "get_param" -> parameters.add(first);
                case "get_resource" -> resources.add(first);
                case "Ref" -> {
                    parameters.add(first);
                    resources.add(first);
                }
                case "get_attr", "Fn::GetAtt" -> {
                    resources.add(first);
                    attributes.add(new Attribute(first, names.size() > 1 ? names.get(1) : ""));
                }
                case "get_file" -> files = true;
                default -> {}
            }
        }

        /**
         * The literal texts that a call begins with; {@code a.b} counts as two in CloudFormation.
         */
        private static List<String> names(Expression argument) {
            return switch (argument) {
                case Expression.Literal(Value.Text(var text), _) -> List.of(text);
                case Expression.ListOf list ->
                        list.items().stream()
                                .takeWhile(
                                        item -> item instanceof Expression.Literal(Value.Text _, _))
                                .map(item -> ((Expression.Literal) item).value())
                                .map(value -> ((Value.Text) value).value())
                                .toList();
                case Expression.Literal _, Expression.MapOf _, Expression.Call _ -> List.of();
            };
        }
    }
}

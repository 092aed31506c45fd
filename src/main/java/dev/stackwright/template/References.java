package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions that look something up: parameters, resources, attributes, files. */
final class References {

    private References() {}

    /** {@code get_param: name} or {@code get_param: [name, path…]}. */
    record GetParam() implements Function {
        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            Value argument = evaluation.value(call.argument());
            var steps = argument instanceof Value.Items items ? items.values() : List.of(argument);
            if (steps.isEmpty()) {
                return evaluation.failed(
                        Rule.FUNCTION_ARGUMENT,
                        call.nameRange(),
                        "get_param needs the name of a parameter.");
            }
            if (steps.getFirst() instanceof Value.Unknown unknown) {
                return unknown;
            }
            if (!(steps.getFirst() instanceof Value.Text name)) {
                return evaluation.failed(
                        Rule.FUNCTION_ARGUMENT,
                        call.nameRange(),
                        "The name of a parameter is a text, not `%s`."
                                .formatted(PythonText.shown(steps.getFirst())));
            }
            Value value = parameter(name.value(), call, evaluation);
            for (Value step : steps.subList(1, steps.size())) {
                if (value instanceof Value.Unknown || step instanceof Value.Unknown) {
                    return value instanceof Value.Unknown ? value : step;
                }
                value = Paths.lenientStep(value, step);
                if (value instanceof Value.Unknown unknown) {
                    return unknown == Paths.MISSED ? Value.of("") : unknown;
                }
            }
            return value;
        }

        static Value parameter(String name, Expression.Call call, Evaluation evaluation) {
            Value value = evaluation.parameters().find(name);
            if (value != null) {
                return value;
            }
            if (evaluation.template().parameters().containsKey(name)) {
                return new Value.Unknown(name);
            }
            if (ParameterValues.isPseudo(name, evaluation.template())) {
                if (name.equals(ParameterValues.NO_VALUE)) {
                    return Evaluation.ABSENT;
                }
                return name.equals("OS::region")
                        ? evaluation.failed(
                                call, "OS::region has no value; pass the region as a parameter.")
                        : new Value.Unknown(name);
            }
            return evaluation.failed(
                    Rule.UNKNOWN_PARAMETER,
                    call.argument().range(),
                    "The template has no parameter `%s`.".formatted(name));
        }
    }

    /** {@code get_resource: name}. */
    record GetResource() implements Function {
        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            Value name = evaluation.value(call.argument());
            return switch (name) {
                case Value.Text text -> reference(text.value(), call, evaluation);
                case Value.Unknown unknown -> unknown;
                case Value.Null _, Value.Bool _, Value.Num _, Value.Items _, Value.Entries _ ->
                        evaluation.failed(
                                Rule.FUNCTION_ARGUMENT,
                                call.nameRange(),
                                "get_resource needs the name of a resource, not `%s`."
                                        .formatted(PythonText.shown(name)));
            };
        }

        private static Value reference(String name, Expression.Call call, Evaluation evaluation) {
            return evaluation.template().resources().containsKey(name)
                    ? evaluation.lookup().reference(name)
                    : noResource(name, call, evaluation);
        }
    }

    private static Value noResource(String name, Expression.Call call, Evaluation evaluation) {
        return evaluation.failed(
                Rule.UNKNOWN_RESOURCE,
                call.argument().range(),
                "The template has no resource `%s`.".formatted(name));
    }

    /** {@code get_attr: [resource, attribute, path…]}; later also {@code [resource]} alone. */
    record GetAttr(boolean alone) implements Function {
        @Override
        public @Nullable String mistake(Expression argument) {
            if (!(argument instanceof Expression.ListOf list) || list.items().isEmpty()) {
                return "get_attr takes a list: [resource, attribute, and perhaps a path into it].";
            }
            if (!alone && list.items().size() < 2) {
                return "In this version get_attr needs at least [resource, attribute].";
            }
            return null;
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            return attribute(call, evaluation);
        }

        static Value attribute(Expression.Call call, Evaluation evaluation) {
            if (!(evaluation.value(call.argument()) instanceof Value.Items items)
                    || items.values().isEmpty()
                    || !(items.values().getFirst() instanceof Value.Text resource)) {
                return evaluation.failed(
                        Rule.FUNCTION_ARGUMENT,
                        call.nameRange(),
                        call.name()
                                + " takes a list: [resource, attribute, and perhaps a path into"
                                + " it].");
            }
            if (!evaluation.template().resources().containsKey(resource.value())) {
                return noResource(resource.value(), call, evaluation);
            }
            var path = new ArrayList<>(items.values().subList(1, items.values().size()));
            for (Value step : path) {
                if (step instanceof Value.Unknown unknown) {
                    return unknown;
                }
            }
            return evaluation.lookup().attribute(resource.value(), path);
        }
    }

    /** {@code get_file: path}. */
    record GetFile() implements Function {
        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            Value key = evaluation.value(call.argument());
            if (key instanceof Value.Unknown unknown) {
                return unknown;
            }
            if (!(key instanceof Value.Text name)) {
                return evaluation.failed(
                        Rule.FUNCTION_ARGUMENT,
                        call.nameRange(),
                        "get_file needs the path of a file, not `%s`."
                                .formatted(PythonText.shown(key)));
            }
            String content = evaluation.files().get(name.value());
            if (content == null) {
                return evaluation.failed(
                        Rule.FILE_MISSING,
                        call.argument().range(),
                        "The file `%s` did not come along. Add it to the template's files."
                                .formatted(name.value()));
            }
            return evaluation.text(call, content);
        }
    }

    /** Data of the resource that a nested template stands for. */
    record ResourceFacade(boolean hot) implements Function {
        private static final List<String> HOT =
                List.of("metadata", "deletion_policy", "update_policy");
        private static final List<String> CFN =
                List.of("Metadata", "DeletionPolicy", "UpdatePolicy");

        @Override
        public @Nullable String mistake(Expression argument) {
            var parts = hot ? HOT : CFN;
            boolean known =
                    argument instanceof Expression.Literal literal
                            && literal.value() instanceof Value.Text text
                            && parts.contains(text.value());
            return known ? null : "Write one of " + String.join(", ", parts) + ".";
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            return call.argument() instanceof Expression.Literal literal
                            && literal.value() instanceof Value.Text(String part)
                    ? evaluation.facade().part(part)
                    : evaluation.failed(call, "Write what is asked for as a plain word.");
        }
    }
}

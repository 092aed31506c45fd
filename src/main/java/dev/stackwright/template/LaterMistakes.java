package dev.stackwright.template;

import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Severity;

/**
 * What Heat says about parameters only at the launch: its validation looks at no given value, and
 * holds a default against the constraints, but not against the type.
 */
final class LaterMistakes {

    private LaterMistakes() {}

    static Diagnostics asWarnings(Diagnostics said, Template template) {
        return new Diagnostics(
                said.all().stream()
                        .map(one -> isLater(one, template) ? asWarning(one) : one)
                        .toList());
    }

    private static boolean isLater(Diagnostic one, Template template) {
        return one.code().equals(Rule.PARAMETER_VALUE.code())
                || (one.code().equals(Rule.DEFAULT_VALUE.code())
                        && template.parameters().values().stream()
                                .filter(definition -> one.path().endsWith("." + definition.name()))
                                .anyMatch(LaterMistakes::hasOnlyAnotherType));
    }

    private static boolean hasOnlyAnotherType(ParameterDefinition definition) {
        return definition.type() != ParameterType.LIST
                && definition.constraints().stream()
                        .allMatch(ParameterConstraint.Custom.class::isInstance)
                && definition.defaultValue() != null
                && ParameterFit.convert(definition, definition.defaultValue())
                        instanceof ParameterFit.Differs;
    }

    private static Diagnostic asWarning(Diagnostic one) {
        return new Diagnostic(
                one.code(),
                Severity.WARNING,
                one.title(),
                one.detail(),
                one.range(),
                one.path(),
                one.fixes());
    }
}

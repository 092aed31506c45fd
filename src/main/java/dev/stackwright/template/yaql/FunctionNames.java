package dev.stackwright.template.yaql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The functions that there are, so that others are told before any data is there. */
final class FunctionNames {

    private static final Set<String> DONE =
            Set.of(
                    """
                    abs accumulate add aggregate all any append assert bitwiseAnd bitwiseNot
                    bitwiseOr bitwiseXor bool call coalesce concat contains containsKey
                    containsValue count cycle def defaultIfEmpty delete deleteAll dict difference
                    distinct endsWith enumerate escapeRegex filter first flatten float format
                    generate generateMany get groupBy hex indexOf indexWhere insert insertMany int
                    intersect isBoolean isDatetime isDict isEmpty isInteger isIterable isList
                    isNumber isRegex isSet isString isTimespan items join keys last lastIndexOf
                    lastIndexWhere len let limit list map matches max memorize mergeWith min norm
                    orderBy orderByDescending pow range reduce regex remove repeat replace
                    replaceMany reverse rightSplit round search searchAll select selectAllCases
                    selectCase selectMany sequence set shiftBitsLeft shiftBitsRight sign single skip
                    skipWhile slice sliceWhere split splitAt splitWhere startsWith str substring sum
                    switch switchCase symmetricDifference take takeWhile thenBy thenByDescending
                    toCharArray toDict toList toLower toSet toUpper trim trimLeft trimRight union
                    unpack values where with zip zipLongest
                    """
                            .strip()
                            .split("\\s+"));

    private FunctionNames() {}

    /** The first function of an expression that is not there. */
    static Optional<String> strangerIn(Term term) {
        var called = new ArrayList<String>();
        var defined = new HashSet<String>();
        collect(term, called, defined);
        return called.stream()
                .filter(name -> !DONE.contains(name) && !defined.contains(name))
                .findFirst();
    }

    private static void collect(Term term, List<String> called, Set<String> defined) {
        switch (term) {
            case Term.Constant _, Term.Variable _ -> {}
            case Term.ListOf list -> list.items().forEach(item -> collect(item, called, defined));
            case Term.MapOf map ->
                    map.entries()
                            .forEach(entry -> {
                                collect(entry.getKey(), called, defined);
                                collect(entry.getValue(), called, defined);
                            });
            case Term.Member member -> collect(member.target(), called, defined);
            case Term.At at -> {
                collect(at.target(), called, defined);
                at.indexes().forEach(index -> collect(index, called, defined));
            }
            case Term.Call call -> {
                called.add(call.name());
                boolean defines = call.name().equals("def") && !call.arguments().isEmpty();
                if (defines && call.arguments().getFirst() instanceof Term.Constant name) {
                    defined.add(Values.text(name.value()));
                }
                call.arguments().forEach(argument -> collect(argument, called, defined));
                call.named().values().forEach(argument -> collect(argument, called, defined));
            }
            case Term.Unary unary -> collect(unary.operand(), called, defined);
            case Term.Binary binary -> {
                collect(binary.left(), called, defined);
                collect(binary.right(), called, defined);
            }
        }
    }
}

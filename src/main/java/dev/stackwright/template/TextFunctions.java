package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions that take texts apart. */
final class TextFunctions {

    private TextFunctions() {}

    /** {@code str_split: [delimiter, text]}, or one item of it with an index. */
    record StrSplit() implements Function {
        private static final String USAGE =
                "Write it as [delimiter, text] or [delimiter, text, index].";

        @Override
        public @Nullable String mistake(Expression argument) {
            boolean textOrMap =
                    argument instanceof Expression.MapOf
                            || (argument instanceof Expression.Literal literal
                                    && literal.value() instanceof Value.Text);
            return textOrMap ? USAGE : null;
        }

        @Override
        public @Nullable String laterMistake(Expression argument) {
            boolean right =
                    argument instanceof Expression.Call
                            || (argument instanceof Expression.ListOf list
                                    && list.items().size() >= 2);
            return right ? null : USAGE;
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            Value argument = evaluation.value(call.argument());
            if (argument instanceof Value.Unknown unknown) {
                return unknown;
            }
            if (!(argument instanceof Value.Items(var arguments)) || arguments.size() < 2) {
                return evaluation.failed(call, USAGE);
            }
            Value text = arguments.get(1);
            if (text instanceof Value.Null) {
                return Value.NULL;
            }
            for (Value part : arguments) {
                if (part instanceof Value.Unknown unknown) {
                    return unknown;
                }
            }
            if (!(arguments.getFirst() instanceof Value.Text delimiter)
                    || !(text instanceof Value.Text whole)) {
                return evaluation.failed(call, USAGE + " Both must be texts.");
            }
            if (delimiter.value().isEmpty()) {
                return evaluation.failed(call, "The delimiter of str_split cannot be empty.");
            }
            List<Value> parts = split(whole.value(), delimiter.value());
            return arguments.size() < 3
                    ? new Value.Items(parts)
                    : part(call, evaluation, parts, arguments.get(2));
        }

        private static Value part(
                Expression.Call call, Evaluation evaluation, List<Value> parts, Value index) {
            BigDecimal number = PythonNumbers.index(index);
            if (number == null) {
                return evaluation.failed(call, USAGE + " The index is a whole number.");
            }
            Value part = Paths.item(parts, number);
            return part == Paths.MISSED
                    ? evaluation.failed(
                            call,
                            "The text has %d parts, so the index lies between 0 and %d."
                                    .formatted(parts.size(), parts.size() - 1))
                    : part;
        }

        static List<Value> split(String text, String delimiter) {
            var parts = new ArrayList<Value>();
            int from = 0;
            for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, from)) {
                parts.add(Value.of(text.substring(from, at)));
                from = at + delimiter.length();
            }
            parts.add(Value.of(text.substring(from)));
            return parts;
        }
    }

    /** {@code digest: [algorithm, text]}. */
    record Digest() implements Function {
        private static final Map<String, String> ALGORITHMS =
                Map.ofEntries(
                        Map.entry("md5", "MD5"),
                        Map.entry("sha1", "SHA-1"),
                        Map.entry("sha224", "SHA-224"),
                        Map.entry("sha256", "SHA-256"),
                        Map.entry("sha384", "SHA-384"),
                        Map.entry("sha512", "SHA-512"),
                        Map.entry("sha512_224", "SHA-512/224"),
                        Map.entry("sha512_256", "SHA-512/256"),
                        Map.entry("sha3_224", "SHA3-224"),
                        Map.entry("sha3_256", "SHA3-256"),
                        Map.entry("sha3_384", "SHA3-384"),
                        Map.entry("sha3_512", "SHA3-512"));

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            Value argument = evaluation.value(call.argument());
            var unknown = Evaluation.unknownIn(argument);
            if (unknown.isPresent()) {
                return unknown.get();
            }
            if (!(argument instanceof Value.Items items)
                    || items.values().size() != 2
                    || !(items.values().get(0) instanceof Value.Text algorithm)
                    || !(items.values().get(1) instanceof Value.Text text)) {
                return evaluation.failed(call, "Write it as two texts: [algorithm, value].");
            }
            String name = ALGORITHMS.get(algorithm.value().toLowerCase(Locale.ROOT));
            if (name == null) {
                return evaluation.failed(
                        call,
                        "`%s` is no digest algorithm. Use sha256 or sha512."
                                .formatted(algorithm.value()));
            }
            if (text.value().chars().anyMatch(c -> c > 255)) {
                return evaluation.failed(call, "digest takes texts with letters of Latin-1 only.");
            }
            try {
                byte[] bytes = text.value().getBytes(StandardCharsets.ISO_8859_1);
                return Value.of(
                        HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(bytes)));
            } catch (NoSuchAlgorithmException _) {
                return evaluation.failed(
                        call, "`%s` is not available here.".formatted(algorithm.value()));
            }
        }
    }
}

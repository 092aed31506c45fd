package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** {@code Fn::Cidr: [block, count, host bits]}: the first so many blocks inside a larger one. */
record Cidr() implements Function {

    private static final int MOST = 256;

    /** A block of addresses. */
    private record Block(BigInteger address, int prefix, int bits) {}

    @Override
    public @Nullable String mistake(Expression argument) {
        int size = argument instanceof Expression.ListOf list ? list.items().size() : 0;
        return size == 3 ? null : "Write it as [block, count, bits for the hosts of each].";
    }

    @Override
    public Value evaluate(Expression.Call call, Evaluation evaluation) {
        var items = ((Expression.ListOf) call.argument()).items();
        Value written = evaluation.value(items.get(0));
        Value count = evaluation.value(items.get(1));
        Value hostBits = evaluation.value(items.get(2));
        var unknown = Evaluation.unknownIn(written, count, hostBits);
        if (unknown.isPresent()) {
            return unknown.get();
        }
        Block block = written instanceof Value.Text(String text) ? block(text) : null;
        int many = whole(count);
        int bits = whole(hostBits);
        if (block == null) {
            return evaluation.failed(
                    call,
                    "`%s` is not a block of addresses such as 10.0.0.0/16."
                            .formatted(PythonText.shown(written)));
        }
        if (many < 1 || many > MOST) {
            return evaluation.failed(call, "The count is between 1 and %d.".formatted(MOST));
        }
        int room = block.bits() - block.prefix() - bits;
        if (bits < 1 || room < 0 || (room < 9 && many > 1 << room)) {
            return evaluation.failed(
                    call,
                    "%s has no room for %d blocks with %d bits each."
                            .formatted(PythonText.shown(written), many, bits));
        }
        var blocks = new ArrayList<Value>();
        for (int i = 0; i < many; i++) {
            BigInteger address = block.address().add(BigInteger.valueOf(i).shiftLeft(bits));
            blocks.add(Value.of(shown(address, block.bits()) + "/" + (block.bits() - bits)));
        }
        return new Value.Items(blocks);
    }

    private static int whole(Value value) {
        BigDecimal number =
                switch (value) {
                    case Value.Num(var plain) -> plain;
                    case Value.Text(String text) -> PythonNumbers.whole(text);
                    case Value.Null _,
                            Value.Bool _,
                            Value.Items _,
                            Value.Entries _,
                            Value.Unknown _ ->
                            null;
                };
        return number == null || number.abs().compareTo(BigDecimal.valueOf(1_000)) > 0
                ? -1
                : number.intValue();
    }

    private static @Nullable Block block(String text) {
        int slash = text.indexOf('/');
        boolean numbers = slash > 0 && text.substring(0, slash).matches("[0-9a-fA-F.:]+");
        if (!numbers || !text.substring(slash + 1).matches("\\d{1,3}")) {
            return null;
        }
        String host = text.substring(0, slash);
        boolean four = host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        if (!four && host.indexOf(':') < 0) {
            return null;
        }
        try {
            byte[] bytes = InetAddress.ofLiteral(host).getAddress();
            int bits = bytes.length * 8;
            int prefix = Integer.parseInt(text.substring(slash + 1));
            if (prefix > bits) {
                return null;
            }
            BigInteger address = new BigInteger(1, bytes);
            return new Block(
                    address.shiftRight(bits - prefix).shiftLeft(bits - prefix), prefix, bits);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String shown(BigInteger address, int bits) {
        byte[] raw = address.toByteArray();
        var bytes = new byte[bits / 8];
        for (int i = 0; i < bytes.length && i < raw.length; i++) {
            bytes[bytes.length - 1 - i] = raw[raw.length - 1 - i];
        }
        if (bits == 32) {
            return "%d.%d.%d.%d"
                    .formatted(bytes[0] & 255, bytes[1] & 255, bytes[2] & 255, bytes[3] & 255);
        }
        var text = new StringBuilder();
        for (int i = 0; i < 16; i += 2) {
            text.append(i == 0 ? "" : ":")
                    .append(Integer.toHexString((bytes[i] & 255) << 8 | bytes[i + 1] & 255));
        }
        return text.toString().replaceFirst("(^|:)0(:0)+(:|$)", "::");
    }
}

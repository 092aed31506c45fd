package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.List;
import java.util.Optional;

/** How not-yet-known values are called and how they spread. */
final class Unknowns {

    private Unknowns() {}

    /** Such as {@code port.fixed_ips[0].ip_address}. */
    static String name(String resource, List<Value> path) {
        var name = new StringBuilder(resource);
        for (Value step : path) {
            switch (step) {
                case Value.Num number -> name.append('[').append(number.value()).append(']');
                case Value.Text text -> name.append('.').append(text.value());
                case Value.Null _, Value.Bool _, Value.Items _, Value.Entries _, Value.Unknown _ ->
                        name.append(".?");
            }
        }
        return name.toString();
    }

    /** The first unknown inside a value. */
    static Optional<Value.Unknown> in(Value value) {
        return switch (value) {
            case Value.Unknown unknown -> Optional.of(unknown);
            case Value.Items items ->
                    items.values().stream().flatMap(item -> in(item).stream()).findFirst();
            case Value.Entries entries ->
                    entries.values().values().stream()
                            .flatMap(item -> in(item).stream())
                            .findFirst();
            case Value.Null _, Value.Bool _, Value.Num _, Value.Text _ -> Optional.empty();
        };
    }
}

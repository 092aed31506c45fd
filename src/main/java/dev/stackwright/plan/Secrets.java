package dev.stackwright.plan;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.kernel.Value;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows what must not be shown: where the value of a hidden parameter or of a secret attribute
 * went, however it got there.
 */
final class Secrets {

    /** A shorter secret may stand inside a harmless text by chance; it must match as a whole. */
    private static final int LONG_ENOUGH_TO_SEARCH_FOR = 4;

    private final Set<String> whole = new HashSet<>();
    private final Set<String> parts = new HashSet<>();

    private Secrets() {}

    static Secrets of(Collection<Value> hidden) {
        var secrets = new Secrets();
        hidden.forEach(secrets::add);
        return secrets;
    }

    static Secrets of(Catalog catalog, @Nullable DeployedStack before, @Nullable Wanted after) {
        var secrets = new Secrets();
        if (before != null) {
            before.hidden().forEach(name -> secrets.add(before.parameters().get(name)));
            before.resources().values().forEach(resource -> secrets.addFrom(resource, catalog));
        }
        if (after != null) {
            after.hidden().forEach(name -> secrets.add(after.parameters().get(name)));
        }
        return secrets;
    }

    private void addFrom(DeployedResource resource, Catalog catalog) {
        catalog.find(resource.type())
                .ifPresent(type ->
                        type.attributes().values().stream()
                                .filter(attribute -> attribute.secret())
                                .forEach(a -> add(resource.attributes().get(a.name()))));
    }

    private void add(@Nullable Value secret) {
        switch (secret) {
            case null -> {}
            case Value.Text(var text) -> addText(text);
            case Value.Num(var number) -> addText(number.toPlainString());
            case Value.Items(var items) -> items.forEach(this::add);
            case Value.Entries(Map<String, Value> entries) -> addAll(entries.values());
            case Value.Null _, Value.Bool _, Value.Unknown _ -> {}
        }
    }

    private void addAll(Collection<Value> values) {
        values.forEach(this::add);
    }

    private void addText(String text) {
        if (text.isBlank()) {
            return;
        }
        whole.add(text);
        if (text.length() >= LONG_ENOUGH_TO_SEARCH_FOR) {
            parts.add(text);
        }
    }

    boolean in(@Nullable Value value) {
        return switch (value) {
            case null -> false;
            case Value.Text(var text) -> in(text);
            case Value.Num(var number) -> whole.contains(number.toPlainString());
            case Value.Items(var items) -> items.stream().anyMatch(this::in);
            case Value.Entries(var entries) ->
                    entries.entrySet().stream().anyMatch(e -> in(e.getKey()) || in(e.getValue()));
            case Value.Null _, Value.Bool _, Value.Unknown _ -> false;
        };
    }

    boolean in(String text) {
        return whole.contains(text) || parts.stream().anyMatch(text::contains);
    }
}

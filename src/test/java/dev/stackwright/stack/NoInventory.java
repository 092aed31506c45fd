package dev.stackwright.stack;

import dev.stackwright.inventory.Inventory;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/** An inventory that has not collected anything yet. */
final class NoInventory {

    private NoInventory() {}

    static Inventory make() {
        return (Inventory)
                Proxy.newProxyInstance(
                        Inventory.class.getClassLoader(),
                        new Class<?>[] {Inventory.class},
                        (_, method, _) -> {
                            if (method.getReturnType() == List.class) {
                                return List.of();
                            }
                            if (method.getReturnType() == Optional.class) {
                                return Optional.empty();
                            }
                            return method.getReturnType() == long.class ? 0L : null;
                        });
    }
}

package dev.stackwright.stack;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.QuotaLine;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/** An inventory that has not collected anything yet, but for quotas. */
final class NoInventory {

    private NoInventory() {}

    static Inventory but(List<QuotaLine> quota) {
        return but(quota, List.of());
    }

    /** With objects that anybody finds who knows their ids. */
    static Inventory but(List<QuotaLine> quota, List<CloudObject> objects) {
        return (Inventory)
                Proxy.newProxyInstance(
                        Inventory.class.getClassLoader(),
                        new Class<?>[] {Inventory.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("findAll")) {
                                return objects.stream()
                                        .filter(one -> one.kind() == arguments[1])
                                        .filter(one -> ((List<?>) arguments[2]).contains(one.id()))
                                        .toList();
                            }
                            if (method.getName().equals("quota")) {
                                return List.copyOf(quota);
                            }
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

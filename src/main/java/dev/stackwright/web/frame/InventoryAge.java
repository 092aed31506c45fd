package dev.stackwright.web.frame;

import dev.stackwright.inventory.Freshness;
import dev.stackwright.inventory.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Says how old the inventory is: live, stale since, or not there yet. */
@Component
class InventoryAge implements AgeOfData {

    private final ObjectProvider<Inventory> inventory;

    InventoryAge(ObjectProvider<Inventory> inventory) {
        this.inventory = inventory;
    }

    @Override
    public Age of(Visit visit) {
        Inventory known = inventory.getIfAvailable();
        if (known == null) {
            return new Age(true, Words.of("frame.age.never"));
        }
        Freshness freshness = known.freshness(visit.cloud());
        Instant now = visit.format().now();
        Optional<Instant> heard = freshness.lastHeard();
        if (heard.isEmpty()) {
            return new Age(true, Words.of("frame.age.never"));
        }
        return freshness
                .staleSince(now)
                .map(since -> new Age(true, Words.of("frame.age.late", visit.format().at(since))))
                .orElseGet(() ->
                        new Age(
                                false,
                                Words.of("frame.age.live", Duration.between(heard.get(), now))));
    }
}

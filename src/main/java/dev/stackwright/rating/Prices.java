package dev.stackwright.rating;

import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.Size;
import dev.stackwright.rating.hashmap.Hashmap;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The prices of one project over time: which version holds when, and what it says. Pure.
 *
 * <p>What exists is priced by the hour: the quantity that a rule sees is the one of a full hour (1
 * for an instance, its gigabytes for a volume), and the price is taken for the exact time.
 */
public final class Prices {

    private static final BigDecimal ONE = BigDecimal.ONE;

    private final String currency;
    private final List<Stretch> stretches;
    private final Map<PriceKey, BigDecimal> known = new ConcurrentHashMap<>();

    /**
     * While one version holds.
     *
     * @param to nothing for the last one
     */
    record Stretch(Instant from, @Nullable Instant to, Hashmap rules) {}

    private record PriceKey(
            Hashmap rules, Measure measure, Size size, ResourceKind kind, String state) {}

    private Prices(String currency, List<Stretch> stretches) {
        this.currency = currency;
        this.stretches = stretches;
    }

    /** Drafts count for nothing; all others have one currency. */
    public static Prices of(Collection<PriceVersion> versions, ProjectId project) {
        var published =
                versions.stream()
                        .filter(version -> !version.isDraft())
                        .sorted(
                                Comparator.comparing((PriceVersion version) ->
                                                Objects.requireNonNull(version.validFrom()))
                                        .thenComparing(PriceVersion::number))
                        .toList();
        if (published.isEmpty()) {
            throw new IllegalArgumentException("A price book without a published version");
        }
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < published.size(); i++) {
            var version = published.get(i);
            var next = i + 1 < published.size() ? published.get(i + 1).validFrom() : null;
            var from = Objects.requireNonNull(version.validFrom());
            if (next == null || from.isBefore(next)) {
                stretches.add(
                        new Stretch(from, next, Hashmap.of(version.rules(), project.value())));
            }
        }
        return new Prices(published.getLast().currency(), stretches);
    }

    public String currency() {
        return currency;
    }

    /** How many digits an amount of money has behind the dot. */
    public int digits() {
        return PriceVersion.digits(currency);
    }

    List<Stretch> stretches() {
        return stretches;
    }

    /** The instants at which another version begins to hold. */
    public List<Instant> changes() {
        return stretches.stream().map(Stretch::from).toList();
    }

    /** Whether the price of more of a measure is always the sum of the prices of its parts. */
    boolean isProportional(Measure measure) {
        return stretches.stream().allMatch(stretch -> stretch.rules().isProportional(measure.id()));
    }

    /** The measures that cost anything at any time. */
    public Set<Measure> priced() {
        return stretches.stream()
                .flatMap(stretch -> stretch.rules().services().stream())
                .flatMap(service -> Measure.find(service).stream())
                .collect(Collectors.toCollection(() -> java.util.EnumSet.noneOf(Measure.class)));
    }

    /** The same prices as they were at an instant, for all time. */
    public Prices asOf(Instant instant) {
        return stretches.stream()
                .filter(stretch -> !instant.isBefore(stretch.from()))
                .reduce((_, later) -> later)
                .map(stretch ->
                        new Prices(
                                currency,
                                List.of(new Stretch(Instant.EPOCH, null, stretch.rules()))))
                .orElse(new Prices(currency, List.of()));
    }

    /** Whether another price holds at one of two instants than at the other. */
    public boolean changedBetween(Instant one, Instant other) {
        return !java.util.Optional.ofNullable(at(one))
                .equals(java.util.Optional.ofNullable(at(other)));
    }

    private @Nullable Hashmap at(Instant instant) {
        return stretches.stream()
                .filter(stretch -> !instant.isBefore(stretch.from()))
                .map(Stretch::rules)
                .reduce((_, later) -> later)
                .orElse(null);
    }

    /** What an hour of something costs at an instant. */
    public BigDecimal perHour(Instant instant, ResourceKind kind, String state, Size size) {
        var rules = at(instant);
        return rules == null
                ? BigDecimal.ZERO
                : Measure.of(kind).stream()
                        .map(measure -> perHour(rules, measure, size, kind, state))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal perHour(Hashmap rules, Measure measure, Interval interval) {
        return perHour(rules, measure, interval.size(), interval.kind(), interval.state());
    }

    private BigDecimal perHour(
            Hashmap rules, Measure measure, Size size, ResourceKind kind, String state) {
        return known.computeIfAbsent(
                new PriceKey(rules, measure, size, kind, state),
                _ ->
                        rules.price(
                                measure.id(),
                                kind == ResourceKind.INSTANCE && measure == Measure.INSTANCE
                                        ? ONE
                                        : measure.perHour(size),
                                fields(kind, state, size)));
    }

    /** What a rule may ask of a resource, under the names that CloudKitty's collectors give. */
    static Map<String, String> fields(ResourceKind kind, String state, Size size) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("state", state);
        switch (kind) {
            case INSTANCE -> {
                fields.put("flavor_name", size.type());
                fields.put("vcpus", size.vcpus().toPlainString());
                fields.put("memory", size.ramMb().toPlainString());
                fields.put("disk", size.diskGb().toPlainString());
            }
            case VOLUME -> {
                fields.put("volume_type", size.type());
                fields.put("size", size.gb().toPlainString());
            }
            case SNAPSHOT, BACKUP, IMAGE -> fields.put("size", size.gb().toPlainString());
            case FLOATING_IP, ROUTER -> {}
        }
        return fields;
    }
}

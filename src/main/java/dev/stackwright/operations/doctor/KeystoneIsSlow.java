package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that anybody asks of the cloud is first asked of Keystone. It is called slow when its
 * last answers took several times the usual while most other services answer as ever.
 */
final class KeystoneIsSlow implements Rule {

    static final int ANSWERS = 3;
    private static final Duration SLOW = Duration.ofMillis(500);
    private static final int TIMES_THE_USUAL = 5;

    @Override
    public List<Verdict> examine(Facts facts) {
        var keystone = facts.api(Api.Name.KEYSTONE).filter(KeystoneIsSlow::isSlow);
        if (keystone.isEmpty()) {
            return List.of();
        }
        var others = facts.apis().stream().filter(api -> api.name() != Api.Name.KEYSTONE).toList();
        var slow = others.stream().filter(KeystoneIsSlow::isSlow).count();
        if (slow * 2 > others.size()) {
            // All of it is slow: that has another reason.
            return List.of();
        }
        var api = keystone.get();
        var usual = api.usual() == null ? Duration.ZERO : api.usual();
        var evidence = new ArrayList<Evidence>();
        evidence.add(
                Evidence.proves(
                        "api-took",
                        Evidence.Source.API,
                        api.asked(),
                        "Keystone",
                        mean(api),
                        usual));
        others.stream()
                .filter(other -> !isSlow(other) && !other.took().isEmpty())
                .forEach(other ->
                        evidence.add(
                                Evidence.rulesOut(
                                        "api-quick",
                                        Evidence.Source.API,
                                        other.asked(),
                                        other.name().label(),
                                        mean(other))));
        return List.of(
                Verdict.likely(
                                Code.KEYSTONE_SLOW,
                                Subject.api("Keystone"),
                                api.since(),
                                mean(api),
                                usual)
                        .because(evidence)
                        .curedBy(Cure.START_API));
    }

    private static boolean isSlow(Api api) {
        var usual = api.usual();
        return usual != null
                && api.state() == Api.State.ANSWERS
                && api.took().size() >= ANSWERS
                && mean(api).compareTo(SLOW) > 0
                && mean(api).compareTo(usual.multipliedBy(TIMES_THE_USUAL)) > 0;
    }

    static Duration mean(Api api) {
        if (api.took().isEmpty()) {
            return Duration.ZERO;
        }
        return api.took().stream()
                .reduce(Duration.ZERO, Duration::plus)
                .dividedBy(api.took().size());
    }
}

package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that anybody asks of the cloud is first asked of Keystone. It is called slow when most
 * of its last answers took several times the usual and most other services answer as ever: on a
 * machine that is busy with something else, all of them are slow together.
 */
final class KeystoneIsSlow implements Rule {

    private static final int ANSWERS = 3;
    private static final Duration SLOW = Duration.ofMillis(500);
    private static final int TIMES_THE_USUAL = 5;
    private static final int TIMES_THE_OTHERS = 3;

    @Override
    public List<Verdict> examine(Facts facts) {
        return facts.api(Api.Name.KEYSTONE)
                .filter(KeystoneIsSlow::isSlow)
                .filter(keystone -> mostOthersAreQuick(keystone, facts))
                .map(keystone -> List.of(verdict(keystone, facts)))
                .orElse(List.of());
    }

    private static boolean isSlow(Api api) {
        return api.state() == Api.State.ANSWERS
                && api.took().size() >= ANSWERS
                && typical(api).compareTo(SLOW) > 0
                && slowness(api) >= TIMES_THE_USUAL;
    }

    private static boolean mostOthersAreQuick(Api keystone, Facts facts) {
        var others = others(facts);
        var quick = others.stream().filter(other -> isQuickBeside(other, keystone)).count();
        return quick > 0 && quick * 2 >= others.size();
    }

    private static boolean isQuickBeside(Api other, Api keystone) {
        return slowness(other) > 0 && slowness(other) * TIMES_THE_OTHERS <= slowness(keystone);
    }

    private static List<Api> others(Facts facts) {
        return facts.apis().stream().filter(api -> api.name() != Api.Name.KEYSTONE).toList();
    }

    private static Verdict verdict(Api keystone, Facts facts) {
        var usual = keystone.usual() == null ? Duration.ZERO : keystone.usual();
        var evidence = new ArrayList<Evidence>();
        evidence.add(
                Evidence.proves(
                        "api-took",
                        Evidence.Source.API,
                        keystone.asked(),
                        keystone.name().label(),
                        typical(keystone),
                        usual));
        others(facts).stream()
                .filter(other -> isQuickBeside(other, keystone))
                .forEach(other ->
                        evidence.add(
                                Evidence.rulesOut(
                                        "api-quick",
                                        Evidence.Source.API,
                                        other.asked(),
                                        other.name().label(),
                                        typical(other))));
        return Verdict.likely(
                        Code.KEYSTONE_SLOW,
                        Subject.api(keystone.name().label()),
                        keystone.asked(),
                        typical(keystone),
                        usual)
                .because(evidence)
                .curedBy(Cure.START_API);
    }

    /** How many times the usual the typical answer took; 0 where the usual is not known. */
    private static double slowness(Api api) {
        var usual = api.usual();
        return usual == null || usual.isZero() || api.took().isEmpty()
                ? 0
                : (double) typical(api).toNanos() / usual.toNanos();
    }

    /** The middle one, the shorter of two: one late answer says nothing. */
    private static Duration typical(Api api) {
        return api.took().stream()
                .sorted()
                .skip((api.took().size() - 1) / 2)
                .findFirst()
                .orElse(Duration.ZERO);
    }
}

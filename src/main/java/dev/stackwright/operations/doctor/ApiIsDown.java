package dev.stackwright.operations.doctor;

import java.util.List;

/** An API that does not serve, twice in a row. */
final class ApiIsDown implements Rule {

    private static final int TIMES = 2;

    @Override
    public List<Verdict> examine(Facts facts) {
        var keystone = facts.api(Api.Name.KEYSTONE);
        var noKeystone =
                keystone.isPresent() && keystone.get().isDown()
                        || facts.account().refusedSince() != null;
        return facts.apis().stream()
                .filter(api -> api.isDown() && api.times() >= TIMES)
                // Without Keystone the others cannot tell who asks, and say that they cannot.
                .filter(api ->
                        !(noKeystone
                                && api.name() != Api.Name.KEYSTONE
                                && api.state() == Api.State.FAILING))
                .map(api -> verdict(api, facts))
                .toList();
    }

    private static Verdict verdict(Api api, Facts facts) {
        var others =
                facts.apis().stream()
                        .filter(other -> other.state() == Api.State.ANSWERS)
                        .map(other -> other.name().label())
                        .toList();
        var proof =
                Evidence.proves(
                        switch (api.state()) {
                            case DEAF -> "api-deaf";
                            case FAILING -> "api-failing";
                            default -> "api-unreachable";
                        },
                        Evidence.Source.API,
                        api.asked(),
                        api.name().label(),
                        api.times(),
                        api.said());
        var evidence =
                others.isEmpty()
                        ? List.of(proof)
                        : List.of(
                                proof,
                                Evidence.rulesOut(
                                        "apis-answer",
                                        Evidence.Source.API,
                                        api.asked(),
                                        String.join(", ", others)));
        return Verdict.certain(
                        api.name().down(),
                        Subject.api(api.name().label()),
                        api.since(),
                        api.name().label(),
                        api.name().process(),
                        api.since())
                .because(evidence)
                .curedBy(Cure.START_API);
    }
}

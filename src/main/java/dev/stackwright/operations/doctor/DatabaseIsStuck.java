package dev.stackwright.operations.doctor;

import java.util.List;

/**
 * A service answers about some things at once and about others not at all: what it does not answer
 * about waits in its database.
 */
final class DatabaseIsStuck implements Rule {

    private static final int TIMES = 2;

    @Override
    public List<Verdict> examine(Facts facts) {
        return facts.apis().stream()
                .filter(api -> !api.silentAbout().isEmpty() && api.times() >= TIMES)
                .map(api -> {
                    var about = String.join(", ", api.silentAbout());
                    return Verdict.likely(
                                    Code.DATABASE_STUCK,
                                    Subject.api(api.name().label()),
                                    api.since(),
                                    api.name().label(),
                                    about,
                                    api.since())
                            .because(
                                    Evidence.proves(
                                            "api-silent-about",
                                            Evidence.Source.API,
                                            api.asked(),
                                            api.name().label(),
                                            about,
                                            api.times()),
                                    Evidence.fits(
                                            "api-still-answers",
                                            Evidence.Source.API,
                                            api.asked(),
                                            api.name().label()))
                            .curedBy(Cure.FIX_DATABASE);
                })
                .toList();
    }
}

package dev.stackwright.operations.doctor;

import java.util.List;

/** An API whose certificate is past its time turns everybody away who looks at it. */
final class CertificateIsExpired implements Rule {

    @Override
    public List<Verdict> examine(Facts facts) {
        return facts.apis().stream()
                .filter(api -> api.state() == Api.State.EXPIRED)
                .map(api ->
                        Verdict.certain(
                                        Code.CERTIFICATE_EXPIRED,
                                        Subject.api(api.name().label()),
                                        api.since(),
                                        api.name().label(),
                                        api.since())
                                .because(
                                        Evidence.proves(
                                                "api-said",
                                                Evidence.Source.API,
                                                api.asked(),
                                                api.name().label(),
                                                api.said()))
                                .curedBy(Cure.RENEW_CERTIFICATE))
                .toList();
    }
}

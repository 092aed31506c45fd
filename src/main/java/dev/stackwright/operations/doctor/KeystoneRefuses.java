package dev.stackwright.operations.doctor;

import java.util.List;

/** Keystone answers, and does not take the account that collects. */
final class KeystoneRefuses implements Rule {

    @Override
    public List<Verdict> examine(Facts facts) {
        var account = facts.account();
        var since = account.refusedSince();
        if (since == null || account.times() < 2) {
            return List.of();
        }
        return List.of(
                Verdict.certain(Code.KEYSTONE_REFUSES, Subject.cloud(), since, since)
                        .because(
                                Evidence.proves(
                                        "account-said",
                                        Evidence.Source.API,
                                        facts.now(),
                                        account.said(),
                                        account.times()))
                        .curedBy(Cure.FIX_ACCOUNT));
    }
}

package dev.stackwright.operations.gather;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Service;
import dev.stackwright.operations.doctor.Account;
import dev.stackwright.operations.doctor.Api;
import dev.stackwright.operations.doctor.Api.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Remembers from round to round how each API answered: since when, how often, how quickly. */
final class Pulse {

    private static final int RECENT = 4;
    private static final int USUAL = 120;
    private static final int ENOUGH_TO_KNOW = 6;

    private final Map<Api.Name, Beat> beats = new EnumMap<>(Api.Name.class);
    private Account account = Account.TAKEN;

    /** One API. */
    private static final class Beat {
        State state = State.ANSWERS;
        List<String> silentAbout = List.of();
        @Nullable Instant since;
        int times;
        String said = "";
        Instant asked = Instant.EPOCH;
        final Deque<Duration> recent = new ArrayDeque<>();
        final Deque<Duration> usual = new ArrayDeque<>();
    }

    void take(List<Sounding> soundings) {
        var refused = false;
        for (var name : Api.Name.values()) {
            var own = soundings.stream().filter(each -> each.question().api() == name).toList();
            var blamed =
                    name == Api.Name.KEYSTONE
                            ? soundings.stream().filter(Pulse::isKeystonesFault).toList()
                            : List.<Sounding>of();
            var answers =
                    own.stream()
                            .filter(each -> name == Api.Name.KEYSTONE || !isKeystonesFault(each))
                            .toList();
            refused |= own.stream().anyMatch(Pulse::isRefusal);
            if (!answers.isEmpty()) {
                take(name, answers, blamed);
            }
        }
        account(soundings, refused);
    }

    private static boolean isKeystonesFault(Sounding sounding) {
        var failure = sounding.failure();
        return failure != null
                && sounding.question().api() != Api.Name.KEYSTONE
                && failure.service().filter(service -> service == Service.IDENTITY).isPresent();
    }

    private static boolean isRefusal(Sounding sounding) {
        var failure = sounding.failure();
        return failure != null && failure.kind() == CloudFailure.Kind.UNAUTHORIZED;
    }

    private void account(List<Sounding> soundings, boolean refused) {
        if (!refused) {
            if (soundings.stream().anyMatch(each -> each.body() != null)) {
                account = Account.TAKEN;
            }
            return;
        }
        var why = soundings.stream().filter(Pulse::isRefusal).findFirst().orElseThrow();
        var since = account.refusedSince();
        account =
                new Account(
                        since == null ? why.at() : since,
                        account.times() + 1,
                        Objects.requireNonNull(why.failure()).said());
    }

    private void take(Api.Name name, List<Sounding> own, List<Sounding> blamed) {
        var beat = beats.computeIfAbsent(name, _ -> new Beat());
        var answered = own.stream().filter(Pulse::isAnswer).toList();
        var late =
                own.stream()
                        .filter(each -> isKind(each, CloudFailure.Kind.TIMEOUT))
                        .filter(each -> each.question().readsATable())
                        .toList();
        var at = own.getLast().at();
        State state;
        List<String> silent = new ArrayList<>();
        var said = "";
        if (answered.stream().anyMatch(each -> each.question().readsATable())) {
            state = State.ANSWERS;
            late.forEach(each -> silent.add(each.question().about()));
        } else {
            var first = own.getFirst().failure();
            var failure =
                    first != null ? first : blamed.isEmpty() ? null : blamed.getFirst().failure();
            state = failure == null ? State.ANSWERS : state(failure);
            said = failure == null ? "" : failure.said();
        }
        if (beat.since == null
                || beat.state != state
                || beat.silentAbout.isEmpty() != silent.isEmpty()) {
            beat.since = at;
            beat.times = 0;
        }
        beat.state = state;
        beat.silentAbout = silent;
        beat.times++;
        beat.said = said;
        beat.asked = at;
        answered.stream()
                .filter(each -> each.body() != null)
                .map(Sounding::took)
                .min(Duration::compareTo)
                .ifPresent(took -> remember(beat, took));
    }

    private static void remember(Beat beat, Duration took) {
        beat.recent.addFirst(took);
        if (beat.recent.size() > RECENT) {
            // What is recent is not usual yet: else a slow hour would be.
            var old = beat.recent.removeLast();
            var usual = usual(beat);
            if (usual == null || old.compareTo(usual.multipliedBy(5)) < 0) {
                beat.usual.addFirst(old);
            }
        }
        if (beat.usual.size() > USUAL) {
            beat.usual.removeLast();
        }
    }

    private static @Nullable Duration usual(Beat beat) {
        if (beat.usual.size() < ENOUGH_TO_KNOW) {
            return null;
        }
        return beat.usual.stream().sorted().skip(beat.usual.size() / 2).findFirst().orElse(null);
    }

    /** A no is an answer; a service that is out of order or out of reach gives none. */
    private static boolean isAnswer(Sounding sounding) {
        var failure = sounding.failure();
        if (failure == null) {
            return true;
        }
        return switch (failure.kind()) {
            case UNREACHABLE, TIMEOUT, SERVER_ERROR, NOT_OPENSTACK, UNAUTHORIZED -> false;
            default -> true;
        };
    }

    private static boolean isKind(Sounding sounding, CloudFailure.Kind kind) {
        var failure = sounding.failure();
        return failure != null && failure.kind() == kind;
    }

    private static State state(CloudFailure failure) {
        return switch (failure.kind()) {
            case TIMEOUT -> State.DEAF;
            case SERVER_ERROR, NOT_OPENSTACK -> State.FAILING;
            case UNREACHABLE ->
                    failure.said().toLowerCase(java.util.Locale.ROOT).contains("expired")
                                    || failure.said().contains("validity check failed")
                            ? State.EXPIRED
                            : State.UNREACHABLE;
            default -> State.ANSWERS;
        };
    }

    List<Api> apis() {
        var apis = new ArrayList<Api>();
        beats.forEach((name, beat) ->
                apis.add(
                        new Api(
                                name,
                                beat.state,
                                beat.since == null ? beat.asked : beat.since,
                                beat.times,
                                beat.said,
                                List.copyOf(beat.recent),
                                usual(beat),
                                beat.silentAbout,
                                beat.asked)));
        return apis;
    }

    Account account() {
        return account;
    }
}

package dev.stackwright.operations.gather;

import dev.stackwright.cloud.Account;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Service;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a cloud all questions at once and waits no longer than a round may take. */
final class Soundings {

    private static final Logger LOG = LoggerFactory.getLogger(Soundings.class);
    private static final Duration ROUND = Duration.ofSeconds(14);

    private final Clock clock;

    Soundings(Clock clock) {
        this.clock = clock;
    }

    /** What came back; a question that the cloud has no service for is left out. */
    List<Sounding> ask(Account account) {
        // Not closed: what hangs in a call is left to the call's own patience.
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var token = awaited(threads.submit(() -> signedIn(account)), Question.TOKEN);
            if (token.isPresent()) {
                // Without a token nobody else can be asked, and nothing is learnt of them.
                return List.of(token.get());
            }
            return answers(threads, account);
        } finally {
            threads.shutdown();
        }
    }

    private static Optional<Sounding> signedIn(Account account) {
        account.token();
        return Optional.empty();
    }

    private List<Sounding> answers(ExecutorService threads, Account account) {
        record Asked(Question question, Future<Optional<Sounding>> answer) {}
        var asked = new ArrayList<Asked>();
        for (var question : Question.values()) {
            Callable<Optional<Sounding>> task = () -> ask(account, question);
            asked.add(new Asked(question, threads.submit(task)));
        }
        var soundings = new ArrayList<Sounding>();
        for (var each : asked) {
            awaited(each.answer(), each.question()).ifPresent(soundings::add);
        }
        return soundings;
    }

    private Optional<Sounding> ask(Account account, Question question) {
        return account.as(os -> {
            if (!os.offers(question.service())) {
                return Optional.empty();
            }
            var began = System.nanoTime();
            var body = os.call(question.request()).body();
            return Optional.of(
                    new Sounding(
                            question,
                            body,
                            null,
                            Duration.ofNanos(System.nanoTime() - began),
                            clock.instant()));
        });
    }

    private Optional<Sounding> awaited(Future<Optional<Sounding>> answer, Question question) {
        var at = clock.instant();
        try {
            return answer.get(ROUND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CloudFailure failure) {
                return Optional.of(failed(question, failure, at));
            }
            LOG.warn("{} could not be asked about {}", question.api(), question.about(), e);
            return Optional.empty();
        } catch (TimeoutException _) {
            answer.cancel(true);
            return Optional.of(
                    failed(
                            question,
                            new CloudFailure(
                                    CloudFailure.Kind.TIMEOUT,
                                    question == Question.TOKEN
                                            ? Service.IDENTITY
                                            : question.service(),
                                    "There was no answer within %d s."
                                            .formatted(ROUND.toSeconds())),
                            at));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Sounding failed(Question question, CloudFailure failure, Instant at) {
        return new Sounding(question, null, failure, Duration.ZERO, at);
    }
}

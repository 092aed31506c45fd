package dev.stackwright.web.frame;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * What is read once for all who ask for it within some seconds: in the morning everybody comes at
 * once. What could not be read is told to those who wait for it and asked for again after them.
 *
 * @param <K> what is asked for; whoever may not see it must not get as far as asking
 * @param <V> the answer, which many threads use at the same time
 */
public final class Shared<K, V> {

    private final Cache<K, CompletableFuture<V>> known;
    private final Semaphore turns;

    /**
     * @param most so many answers are kept at most
     * @param atOnce so many are read at the same time; others wait for their turn
     */
    public Shared(Duration goodFor, int most, int atOnce) {
        turns = new Semaphore(atOnce, true);
        known =
                Caffeine.newBuilder()
                        .maximumSize(most)
                        .expireAfterWrite(goodFor)
                        // Answers may be large: they go when their time is over, asked for or not,
                        // and before it when memory is short.
                        .scheduler(Scheduler.systemScheduler())
                        .softValues()
                        .build();
    }

    /** The answer as it is now or was a moment ago. */
    public V get(K key, Supplier<V> reading) {
        var mine = new CompletableFuture<V>();
        var another = known.asMap().putIfAbsent(key, mine);
        if (another != null) {
            return joined(another);
        }
        turns.acquireUninterruptibly();
        try {
            var answer = reading.get();
            mine.complete(answer);
            return answer;
        } catch (RuntimeException | Error e) {
            known.asMap().remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        } finally {
            turns.release();
        }
    }

    private static <V> V joined(CompletableFuture<V> reading) {
        try {
            return reading.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}

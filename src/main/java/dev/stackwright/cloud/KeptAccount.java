package dev.stackwright.cloud;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one token fresh. It is renewed when four fifths of its life are over, by whoever comes
 * first; the others go on with the old one, or wait when there is none. A refusal is remembered for
 * a while, so that a wrong password in the configuration does not lock the account.
 */
final class KeptAccount implements Account {

    private static final Duration REMEMBER_REFUSAL = Duration.ofSeconds(30);
    private static final Duration RENEW_AGAIN = Duration.ofSeconds(10);

    private final OpenStackCloud cloud;
    private final Supplier<Token> signIn;
    private final Clock clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile @Nullable Kept kept;
    private volatile @Nullable Refusal refusal;

    private record Kept(Token token, Instant renewAt, Instant goodUntil) {}

    private record Refusal(AuthenticationFailure failure, Instant until) {}

    KeptAccount(OpenStackCloud cloud, Supplier<Token> signIn, Clock clock) {
        this.cloud = cloud;
        this.signIn = signIn;
        this.clock = clock;
    }

    @Override
    public Token token() {
        var now = clock.instant();
        var current = kept;
        if (current != null && now.isBefore(current.renewAt())) {
            return current.token();
        }
        if (current != null && now.isBefore(current.goodUntil())) {
            return renewedIfNobodyElseDoes(current, now);
        }
        return signedIn(current);
    }

    @Override
    public <T> T as(Function<OpenStack, T> work) {
        return cloud.as(token(), this::instead, work);
    }

    @Override
    public void forget() {
        kept = null;
        refusal = null;
    }

    private Token renewedIfNobodyElseDoes(Kept old, Instant now) {
        if (!renewing.tryLock()) {
            return old.token();
        }
        try {
            var current = kept;
            if (current != null && current != old) {
                return current.token();
            }
            return keep(signIn.get());
        } catch (CloudFailure keystoneIsAway) {
            kept = new Kept(old.token(), now.plus(RENEW_AGAIN), old.goodUntil());
            return old.token();
        } finally {
            renewing.unlock();
        }
    }

    /** Signs in, unless somebody did so while we waited for our turn. */
    private Token signedIn(@Nullable Kept old) {
        renewing.lock();
        try {
            var current = kept;
            if (current != null && current != old) {
                return current.token();
            }
            var refused = refusal;
            if (refused != null && clock.instant().isBefore(refused.until())) {
                throw refused.failure();
            }
            return keep(signIn.get());
        } catch (AuthenticationFailure failure) {
            remember(failure);
            throw failure;
        } finally {
            renewing.unlock();
        }
    }

    private void remember(AuthenticationFailure failure) {
        var known = refusal;
        if (known == null || known.failure() != failure) {
            refusal = new Refusal(failure, clock.instant().plus(REMEMBER_REFUSAL));
        }
    }

    private Token instead(Token refused) {
        var current = kept;
        return current != null && current.token().id().equals(refused.id())
                ? signedIn(current)
                : token();
    }

    /** The token's life is measured on Keystone's clock, its beginning on ours. */
    private Token keep(Token token) {
        var now = clock.instant();
        var life = Duration.between(token.issued(), token.expires());
        refusal = null;
        kept = new Kept(token, now.plus(life.multipliedBy(4).dividedBy(5)), now.plus(life));
        return token;
    }
}

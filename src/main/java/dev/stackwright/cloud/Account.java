package dev.stackwright.cloud;

import java.util.function.Function;

/**
 * Somebody whose credentials we hold: the service account, or a stack's application credential. Its
 * token is cached and renewed in time, by one thread however many ask; a call that Keystone's
 * patience outlasted is made once more with a new token.
 */
public interface Account {

    Token token();

    <T> T as(Function<OpenStack, T> work);

    /** Throws the cached token away; the next call signs in again. */
    void forget();
}

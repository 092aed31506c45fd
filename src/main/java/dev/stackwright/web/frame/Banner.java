package dev.stackwright.web.frame;

import org.jspecify.annotations.Nullable;

/** A fact that everybody on the page should know: what, since when, whom it hits, one way on. */
public record Banner(Tone tone, Words text, @Nullable Words action, @Nullable String href) {

    public static Banner of(Tone tone, Words text) {
        return new Banner(tone, text, null, null);
    }

    public Banner leadingTo(Words label, String address) {
        return new Banner(tone, text, label, address);
    }
}

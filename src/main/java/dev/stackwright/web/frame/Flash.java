package dev.stackwright.web.frame;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What happened, said on the page that comes after a redirect; a success goes away by itself, a
 * failure stays until it is closed.
 */
public record Flash(Tone tone, Words text, @Nullable Words link, @Nullable String href)
        implements Serializable {

    static final String ATTRIBUTE = "flash";

    public static Flash done(String key, Serializable... arguments) {
        return new Flash(Tone.OK, Words.of(key, arguments), null, null);
    }

    public static Flash failed(Words text) {
        return new Flash(Tone.BAD, text, null, null);
    }

    public Flash leadingTo(Words label, String address) {
        return new Flash(tone, text, label, address);
    }

    /** Says it on the page to which the answer redirects. */
    public void on(RedirectAttributes redirect) {
        redirect.addFlashAttribute(ATTRIBUTE, this);
    }
}

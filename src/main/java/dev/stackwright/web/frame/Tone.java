package dev.stackwright.web.frame;

import java.util.Locale;

/**
 * What a state means for the person who looks; each has its own symbol, so that colour is never
 * alone.
 */
public enum Tone {
    OK("ok"),
    BUSY("busy"),
    WAIT("wait"),
    WARN("warn"),
    BAD("bad"),
    IDLE("idle"),
    STOP("stop"),
    ASK("ask"),
    INFO("info");

    private final String icon;

    Tone(String icon) {
        this.icon = icon;
    }

    public String icon() {
        return icon;
    }

    /** The class that colours a status; what is merely not running stays grey. */
    public String css() {
        return switch (this) {
            case STOP, ASK, INFO -> "idle";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    /** Whether the state is on its way to another one, so that the page should ask again soon. */
    public boolean isMoving() {
        return this == BUSY;
    }
}

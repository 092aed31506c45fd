package dev.stackwright.web.audit;

import dev.stackwright.web.frame.Words;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Says an action in words. Panels put theirs into their own message files: {@code
 * audit.action.server.reboot}.
 */
@Component
public class ActionWords {

    private final MessageSource messages;

    ActionWords(MessageSource messages) {
        this.messages = messages;
    }

    /** The words for an action, or its own name when it has none. */
    public Words of(String action) {
        String key = "audit.action." + action;
        return messages.getMessage(key, null, null, Locale.UK) == null
                ? Words.verbatim(action)
                : Words.of(key);
    }
}

package dev.stackwright.template;

import dev.stackwright.kernel.TextRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The attributes that a template asks for, and those of which a missing parameter hides what is
 * asked. Heat gathers the names first and refuses an attribute that nobody asks for plainly.
 */
final class AskedAttributes {

    private record Asked(String resource, String attribute) {}

    private record Open(Asked asked, String parameter, TextRange range, Path path) {}

    private final boolean wanted;
    private final Set<Asked> plain = new HashSet<>();
    private final List<Open> open = new ArrayList<>();

    /**
     * @param wanted whether anybody wants to know
     */
    AskedAttributes(boolean wanted) {
        this.wanted = wanted;
    }

    boolean wanted() {
        return wanted;
    }

    void plainly(String resource, String attribute) {
        plain.add(new Asked(resource, attribute));
    }

    void openly(String resource, String attribute, String parameter, TextRange range, Path path) {
        open.add(new Open(new Asked(resource, attribute), parameter, range, path));
    }

    void tell(Findings findings) {
        for (Open one : open) {
            if (!plain.contains(one.asked())) {
                findings.add(
                        Rule.ATTRIBUTE_OPEN,
                        one.range(),
                        one.path().toString(),
                        "What is asked of `%s` depends on the parameter `%s`, which has no value. Give it one."
                                .formatted(one.asked().resource(), one.parameter()));
            }
        }
    }
}

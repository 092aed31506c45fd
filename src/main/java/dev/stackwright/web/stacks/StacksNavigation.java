package dev.stackwright.web.stacks;

import dev.stackwright.stack.StackQuery;
import dev.stackwright.stack.Stacks;
import dev.stackwright.web.frame.NavigationItem;
import dev.stackwright.web.frame.Visit;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The way to the stacks. */
@Component
class StacksNavigation implements NavigationItem {

    private final Stacks stacks;

    StacksNavigation(Stacks stacks) {
        this.stacks = stacks;
    }

    @Override
    public Group group() {
        return Group.ORCHESTRATE;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public String label() {
        return "stacks.heading";
    }

    @Override
    public String icon() {
        return "stack";
    }

    @Override
    public String path() {
        return "stacks";
    }

    @Override
    public Optional<Mark> mark(Visit visit) {
        var all = stacks.list(visit.viewer(), new StackQuery("", "", "name", null, 1));
        return Optional.of(Mark.of(all.total()));
    }
}

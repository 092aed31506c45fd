package dev.stackwright.web.doctor;

import dev.stackwright.operations.Verdicts;
import dev.stackwright.web.frame.NavigationItem;
import dev.stackwright.web.frame.Visit;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The board comes first of what administrators have. */
@Component
class BoardNavigation implements NavigationItem {

    private final Verdicts verdicts;

    BoardNavigation(Verdicts verdicts) {
        this.verdicts = verdicts;
    }

    @Override
    public Group group() {
        return Group.CLOUD;
    }

    @Override
    public int order() {
        return 0;
    }

    @Override
    public String label() {
        return "doctor.board";
    }

    @Override
    public String icon() {
        return "pulse";
    }

    @Override
    public String path() {
        return "board";
    }

    @Override
    public Optional<Mark> mark(Visit visit) {
        var count = visit.viewer().admin() ? verdicts.count(visit.viewer()) : 0;
        return count == 0 ? Optional.empty() : Optional.of(new Mark(count, true));
    }
}

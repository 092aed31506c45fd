package dev.stackwright.web.audit;

import dev.stackwright.web.frame.NavigationItem;
import org.springframework.stereotype.Component;

/** The record's place in the navigation. */
@Component
class AuditNavigation implements NavigationItem {

    @Override
    public Group group() {
        return Group.RECORD;
    }

    @Override
    public int order() {
        return 90;
    }

    @Override
    public String label() {
        return "audit.heading";
    }

    @Override
    public String icon() {
        return "audit";
    }

    @Override
    public String path() {
        return "audit";
    }
}

package dev.stackwright.web.usage;

import dev.stackwright.web.frame.NavigationItem;
import org.springframework.stereotype.Component;

/** The way to the usage of all projects. */
@Component
class AllUsageNavigation implements NavigationItem {

    @Override
    public Group group() {
        return Group.CLOUD;
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public String label() {
        return "usage.all.navigation";
    }

    @Override
    public String icon() {
        return "usage";
    }

    @Override
    public String path() {
        return "usage";
    }
}

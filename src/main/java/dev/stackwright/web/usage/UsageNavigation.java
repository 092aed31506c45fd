package dev.stackwright.web.usage;

import dev.stackwright.web.frame.NavigationItem;
import org.springframework.stereotype.Component;

/** The way to the usage page. */
@Component
class UsageNavigation implements NavigationItem {

    @Override
    public Group group() {
        return Group.METER;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public String label() {
        return "usage.title";
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

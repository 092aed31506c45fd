package dev.stackwright.web.overview;

import dev.stackwright.web.frame.NavigationItem;
import org.springframework.stereotype.Component;

/** The overview's place in the navigation: the first. */
@Component
class OverviewNavigation implements NavigationItem {

    @Override
    public Group group() {
        return Group.HOME;
    }

    @Override
    public int order() {
        return 0;
    }

    @Override
    public String label() {
        return "overview.heading";
    }

    @Override
    public String icon() {
        return "home";
    }

    @Override
    public String path() {
        return "";
    }
}

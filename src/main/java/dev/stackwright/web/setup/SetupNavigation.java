package dev.stackwright.web.setup;

import dev.stackwright.web.frame.NavigationItem;
import org.springframework.stereotype.Component;

/** The set-up page stands last among the administrator's. */
@Component
class SetupNavigation implements NavigationItem {

    @Override
    public Group group() {
        return Group.CLOUD;
    }

    @Override
    public int order() {
        return 90;
    }

    @Override
    public String label() {
        return "setup.navigation";
    }

    @Override
    public String icon() {
        return "pulse";
    }

    @Override
    public String path() {
        return "setup";
    }
}

package dev.stackwright.web.rating;

import dev.stackwright.web.frame.NavigationItem;
import org.springframework.stereotype.Component;

/** The way to the price book. */
@Component
class PricesNavigation implements NavigationItem {

    @Override
    public Group group() {
        return Group.CLOUD;
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public String label() {
        return "rating.navigation";
    }

    @Override
    public String icon() {
        return "cost";
    }

    @Override
    public String path() {
        return "prices";
    }
}

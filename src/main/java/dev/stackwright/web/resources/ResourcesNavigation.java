package dev.stackwright.web.resources;

import dev.stackwright.web.frame.NavigationItem;
import dev.stackwright.web.frame.NavigationItems;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Every kind that has a place of its own in the navigation, in the order of {@link Panels}. */
@Component
class ResourcesNavigation implements NavigationItems {

    private static final int AFTER_INSTANCES = 20;

    /** One of them. */
    private record Entry(Panel panel, int order) implements NavigationItem {

        @Override
        public Group group() {
            var group = panel.group();
            return group == null ? Group.OPERATE : group;
        }

        @Override
        public String label() {
            return "resources." + panel.path() + ".nav";
        }

        @Override
        public String icon() {
            return panel.icon();
        }

        @Override
        public String path() {
            return panel.path();
        }
    }

    @Override
    public List<NavigationItem> items() {
        return IntStream.range(0, Panels.ALL.size())
                .filter(i -> Panels.ALL.get(i).group() != null)
                .<NavigationItem>mapToObj(i -> new Entry(Panels.ALL.get(i), AFTER_INSTANCES + i))
                .toList();
    }
}

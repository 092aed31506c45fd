package dev.stackwright.web.frame;

import java.util.List;

/** Several entries of the navigation from one panel. */
public interface NavigationItems {

    List<NavigationItem> items();
}

package dev.stackwright.inventory;

import dev.stackwright.cloud.OpenStack;
import dev.stackwright.kernel.Viewer;

/**
 * Reads what a cloud shows to the project's own people alone and the collector's account never
 * sees, such as security groups from Zed on. Called when somebody's token is at hand anyway: at
 * sign-in, when a project is entered, and beside a form that offers them; never while a page is
 * waiting.
 */
public interface OwnReadings {

    void read(Viewer viewer, OpenStack os);
}

package dev.stackwright.web.setup;

import dev.stackwright.kernel.CloudName;
import java.util.List;

/** Tests one part of the installation, for one cloud. It answers; it does not throw. */
interface Check {

    /** Where on the page it stands. */
    int order();

    List<Finding> check(CloudName cloud);
}

package dev.stackwright.web.frame;

import dev.stackwright.kernel.CloudName;

/** What the clouds are called on pages, and which of them is only a demonstration. */
public interface CloudLabels {

    String label(CloudName cloud);

    boolean isDemo(CloudName cloud);
}

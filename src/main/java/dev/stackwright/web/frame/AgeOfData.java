package dev.stackwright.web.frame;

import dev.stackwright.kernel.CloudName;

/** Knows how old the inventory of a cloud is. */
public interface AgeOfData {

    Age of(CloudName cloud);
}

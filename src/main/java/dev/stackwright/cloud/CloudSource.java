package dev.stackwright.cloud;

import java.util.List;

/** Where clouds come from: the configuration is one source, the demo cloud another. */
public interface CloudSource {

    List<CloudDefinition> clouds();
}

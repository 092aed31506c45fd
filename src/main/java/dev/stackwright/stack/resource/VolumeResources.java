package dev.stackwright.stack.resource;

import java.util.List;

/** What Cinder has. */
final class VolumeResources {

    private VolumeResources() {}

    static List<ResourceHandler> all() {
        return List.of(new VolumeHandler(), new VolumeAttachmentHandler());
    }
}

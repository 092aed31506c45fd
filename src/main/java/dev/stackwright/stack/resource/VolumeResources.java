package dev.stackwright.stack.resource;

import java.util.ArrayList;
import java.util.List;

/** What Cinder has. */
final class VolumeResources {

    private VolumeResources() {}

    static List<ResourceHandler> all() {
        var all = new ArrayList<ResourceHandler>(QosSpecsHandlers.all());
        all.add(new VolumeHandler());
        all.add(new VolumeAttachmentHandler());
        all.add(new VolumeTypeHandler());
        all.add(new EncryptedVolumeTypeHandler());
        all.add(QuotaHandler.VOLUME);
        return all;
    }
}

package dev.stackwright.stack;

import dev.stackwright.catalog.ResourceType;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Service;
import dev.stackwright.kernel.CloudName;
import java.util.Optional;

/** Whether a cloud has the service that a type needs, by the catalog of the service account. */
final class CloudOffers {

    private final Clouds clouds;

    CloudOffers(Clouds clouds) {
        this.clouds = clouds;
    }

    /** Why resources of this type cannot be made there; what is not known is taken for granted. */
    Optional<String> lacking(CloudName cloud, ResourceType type) {
        if (type.service() == null) {
            return Optional.empty();
        }
        var service = Service.ofType(type.service());
        boolean lacks = service.isPresent() && !offers(cloud, service.get());
        return lacks
                ? Optional.of(
                        "This cloud has no %s service (%s)"
                                .formatted(words(type.service()), service.get().project()))
                : Optional.empty();
    }

    private static String words(String service) {
        return service.equals("load-balancer") ? "load-balancing" : service.replace('-', ' ');
    }

    private boolean offers(CloudName cloud, Service service) {
        try {
            return clouds.get(cloud)
                    .serviceAccount()
                    .map(account -> account.as(os -> os.offers(service)))
                    .orElse(true);
        } catch (CloudFailure e) {
            return true;
        }
    }
}

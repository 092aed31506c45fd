package dev.stackwright.stack;

import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Token;
import dev.stackwright.stack.resource.Listing;
import dev.stackwright.stack.resource.Lists;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The lists of a cloud as one person sees them now; those that are surely needed come at once. */
final class CloudLists implements Lists {

    private static final Logger log = LoggerFactory.getLogger(CloudLists.class);

    private final Cloud cloud;
    private final Token token;
    private final Map<Listing, Optional<List<JsonNode>>> lists = new ConcurrentHashMap<>();

    CloudLists(Cloud cloud, Token token, Collection<Listing> needed) {
        this.cloud = cloud;
        this.token = token;
        if (needed.size() > 1) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                needed.forEach(listing -> threads.submit(() -> of(listing)));
            }
        }
    }

    @Override
    public Optional<List<JsonNode>> of(Listing listing) {
        return lists.computeIfAbsent(listing, this::read);
    }

    private Optional<List<JsonNode>> read(Listing listing) {
        try {
            return Optional.of(cloud.as(token, os -> os.list(listing.request(), listing.key())));
        } catch (CloudFailure e) {
            log.info(
                    "{} {} could not be read ({}); the plan will say so",
                    listing.service(),
                    listing.path(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public boolean areFresh() {
        return true;
    }

    /** A list may leave out what a service cannot reach just now: only a clear no counts. */
    @Override
    public boolean isGone(Listing listing, String id) {
        var path = listing.path().replaceFirst("/detail$", "") + "/{}";
        try {
            return cloud.as(token, os -> os.find(Request.get(listing.service(), path, id)))
                    .isEmpty();
        } catch (CloudFailure e) {
            return false;
        }
    }
}

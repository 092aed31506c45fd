package dev.stackwright.web.instances;

import dev.stackwright.cloud.Answer;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ServerDetail;
import dev.stackwright.web.audit.Trail;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Does deeds with the person's own token, and writes each of them down. */
@Component
class ServerDeeds {

    private final Inventory inventory;
    private final Trail trail;

    ServerDeeds(Inventory inventory, Trail trail) {
        this.inventory = inventory;
        this.trail = trail;
    }

    /**
     * How it ended.
     *
     * @param trouble why nothing was done, or that it is not known whether it was; null when it was
     * @param answer what the cloud said
     * @param silent whether the cloud did not answer, so that it is better not asked for more
     */
    record Outcome(@Nullable Words trouble, @Nullable Answer answer, boolean silent) {}

    Outcome perform(Visit visit, ServerDetail server, ServerDeed deed, Map<String, String> given) {
        var id = server.row().id();
        var entry = trail.of(visit, deed.action()).on("server", id, server.row().name());
        if (!visit.mayChange()) {
            entry.refused();
            throw PageFailure.readersOnlyLook();
        }
        if (!deed.isOfferedTo(visit)) {
            entry.refused();
            throw PageFailure.notFound();
        }
        var unable = deed.unable(visit, server);
        if (unable != null) {
            entry.saying(visit.format().say(unable)).refused();
            return new Outcome(unable, null, false);
        }
        try {
            var answer =
                    visit.as(
                            os -> os.call(ServerRequests.of(deed, id, given).whileSomebodyWaits()));
            entry.done();
            return new Outcome(null, answer, false);
        } catch (CloudFailure failure) {
            entry.saying(String.valueOf(failure.getMessage())).failed();
            return new Outcome(
                    trouble(deed, server.row().name(), failure), null, failure.status() == 0);
        } finally {
            inventory.touch(visit.cloud(), Kind.SERVER, id);
            touched(deed, given)
                    .forEach((kind, ids) ->
                            ids.forEach(each -> inventory.touch(visit.cloud(), kind, each)));
        }
    }

    private static Words trouble(ServerDeed deed, String name, CloudFailure failure) {
        var unknown = failure.mayHaveHappened() && deed != ServerDeed.CONSOLE;
        return Words.of(unknown ? "instances.silent" : "instances.failed", name, failure.said());
    }

    /** What else looks different afterwards. */
    private static Map<Kind, Set<String>> touched(ServerDeed deed, Map<String, String> given) {
        return switch (deed) {
            case ATTACH_VOLUME, DETACH_VOLUME ->
                    Map.of(Kind.VOLUME, Set.of(given.getOrDefault("volume", "")));
            case DETACH_INTERFACE -> Map.of(Kind.PORT, Set.of(given.getOrDefault("port", "")));
            default -> Map.of();
        };
    }
}

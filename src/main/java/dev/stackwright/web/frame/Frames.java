package dev.stackwright.web.frame;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Makes the frame of a page. */
@Component
public class Frames {

    private static final Logger LOG = LoggerFactory.getLogger(Frames.class);

    /** Request attribute with the nonce of pages whose script adds a style. */
    public static final String NONCE = "stackwright.nonce";

    private final Visits visits;
    private final Assets assets;
    private final List<NavigationItem> items;
    private final ObjectProvider<AgeOfData> ages;
    private final ObjectProvider<CloudLabels> labels;

    Frames(
            Visits visits,
            Assets assets,
            List<NavigationItem> items,
            List<NavigationItems> more,
            ObjectProvider<AgeOfData> ages,
            ObjectProvider<CloudLabels> labels) {
        this.visits = visits;
        this.assets = assets;
        this.items =
                Stream.concat(items.stream(), more.stream().flatMap(m -> m.items().stream()))
                        .sorted(
                                Comparator.comparing(NavigationItem::group)
                                        .thenComparingInt(NavigationItem::order))
                        .toList();
        this.ages = ages;
        this.labels = labels;
    }

    /** The frame of the visit that the address names. */
    public Frame frame(HttpServletRequest request) {
        return frame(request, visits.visit(request).orElse(null));
    }

    /** The frame of a page about what went wrong: of any project of the person, if need be. */
    public Frame frameOfFailure(HttpServletRequest request) {
        try {
            return frame(request, visits.anyVisit(request).orElse(null));
        } catch (RuntimeException e) {
            LOG.debug("A page about a failure goes without its navigation", e);
            return frame(request, null);
        }
    }

    private Frame frame(HttpServletRequest request, @Nullable Visit visit) {
        CloudLabels known = labels.getIfAvailable();
        AgeOfData age = ages.getIfAvailable();
        return new Frame(
                visit,
                assets,
                Visits.theme(request),
                Visits.here(request),
                () -> visit == null ? List.of() : navigation(visit),
                () -> visit == null || age == null ? null : age.of(visit),
                visit != null && known != null && known.isDemo(visit.cloud()),
                flash(request),
                () -> request.getAttribute(NONCE) instanceof String nonce ? nonce : null);
    }

    public Format format(HttpServletRequest request) {
        return visits.format(request);
    }

    private static @Nullable Flash flash(HttpServletRequest request) {
        Map<String, ?> arrived = RequestContextUtils.getInputFlashMap(request);
        return arrived != null && arrived.get(Flash.ATTRIBUTE) instanceof Flash flash
                ? flash
                : null;
    }

    private List<Frame.NavigationGroup> navigation(Visit visit) {
        Map<NavigationItem.Group, List<Frame.Entry>> groups =
                new EnumMap<>(NavigationItem.Group.class);
        for (NavigationItem item : items) {
            boolean cloud = item.group() == NavigationItem.Group.CLOUD;
            if (!cloud || visit.person().isAdministrator()) {
                groups.computeIfAbsent(item.group(), g -> new ArrayList<>())
                        .add(entry(item, visit));
            }
        }
        List<Frame.NavigationGroup> drawn = new ArrayList<>();
        groups.forEach(
                (group, entries) -> drawn.add(new Frame.NavigationGroup(title(group), entries)));
        return drawn;
    }

    private static @Nullable String title(NavigationItem.Group group) {
        return group == NavigationItem.Group.HOME
                ? null
                : "frame.group." + group.name().toLowerCase(Locale.ROOT);
    }

    private static Frame.Entry entry(NavigationItem item, Visit visit) {
        String[] segments = item.path().isEmpty() ? new String[0] : item.path().split("/", -1);
        String href =
                item.group() == NavigationItem.Group.CLOUD
                        ? visit.adminPath(segments)
                        : visit.path(segments);
        String here = visit.here().path();
        boolean current =
                here.equals(href) || (!item.path().isEmpty() && here.startsWith(href + "/"));
        return new Frame.Entry(item.label(), item.icon(), href, current, mark(item, visit));
    }

    /** A count that cannot be had is left out; it is no reason to have no page. */
    private static NavigationItem.@Nullable Mark mark(NavigationItem item, Visit visit) {
        try {
            return item.mark(visit).orElse(null);
        } catch (RuntimeException e) {
            LOG.warn("The navigation goes without the count of {}", item.path(), e);
            return null;
        }
    }
}

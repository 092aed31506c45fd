package dev.stackwright.inventory;

import dev.stackwright.kernel.Viewer;
import java.util.List;
import java.util.Set;

/** The cloud as a whole, for those who look after it; to anybody else it is empty. */
public interface Survey {

    /**
     * Servers of every project that failed, stopped, or are on their way: everything but those that
     * run or rest as somebody wanted. The newest first; the image is an id.
     */
    List<ServerRow> unsettled(Viewer viewer, int most);

    /** What was done to the newest servers that run, to learn how long things take. */
    List<ServerAction> recentActions(Viewer viewer, int servers);

    /** The newest servers that run and whose actions nobody has read yet. */
    List<String> unread(Viewer viewer, int most);

    /** What runs on a host. */
    Carried carried(Viewer viewer, String host);

    /**
     * What a host carries.
     *
     * @param servers the ids of the first thousand, by project
     */
    record Carried(long instances, List<OfProject> servers) {

        /** Those of one project. */
        public record OfProject(String project, Set<String> ids) {}

        public Carried {
            servers = List.copyOf(servers);
        }
    }
}

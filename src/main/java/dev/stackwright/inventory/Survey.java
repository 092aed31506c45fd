package dev.stackwright.inventory;

import dev.stackwright.kernel.Viewer;
import java.util.List;
import java.util.Map;
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

    /** Every server that is on a host, by host. */
    List<ServerRow> placed(Viewer viewer);

    /** What each host carries, by its name; one that carries nothing is not in it. */
    Map<String, Carries> carries(Viewer viewer);

    /** How much of what is on a host. */
    record Carries(long instances, long projects, long vcpus, long memoryMb, long diskGb) {

        public static final Carries NOTHING = new Carries(0, 0, 0, 0, 0);
    }

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

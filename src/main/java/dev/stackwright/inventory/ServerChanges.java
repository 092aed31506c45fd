package dev.stackwright.inventory;

import java.util.List;

/** What became different among the servers of a project since a revision. */
public record ServerChanges(long revision, List<ServerRow> changed, List<String> gone) {

    public ServerChanges {
        changed = List.copyOf(changed);
        gone = List.copyOf(gone);
    }
}

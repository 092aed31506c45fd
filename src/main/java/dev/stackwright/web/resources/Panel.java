package dev.stackwright.web.resources;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Kind;
import dev.stackwright.web.frame.NavigationItem.Group;
import dev.stackwright.web.frame.Words;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How pages speak of one kind of thing. Built by a chain; {@link Panels} has them all.
 *
 * @param path of its list below the project, or below the cloud's admin; its words are under the
 *     same name
 * @param group of the navigation, null for what is reached from elsewhere
 * @param sorts which of "status" and "created" its list can be sorted by, besides the name
 * @param columns of its list, after name and status
 * @param facts of its page
 * @param relations other things that name it
 * @param tables what else its page shows in rows
 */
record Panel(
        Kind kind,
        String path,
        String icon,
        @Nullable Group group,
        List<String> sorts,
        List<Aspect> columns,
        List<Aspect> facts,
        List<Relation> relations,
        List<Table> tables) {

    /**
     * Things that name the one of the page.
     *
     * @param label key of the heading
     */
    record Relation(String label, Kind from) {}

    /** Rows within the thing itself, such as the rules of a security group. */
    record Table(String label, List<Aspect> columns, Rows rows) {}

    /** The parts of an object that make a table's rows. */
    interface Rows {
        List<CloudObject> of(CloudObject object);
    }

    static Panel of(Kind kind, String path, String icon, @Nullable Group group) {
        return new Panel(
                kind, path, icon, group, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    Panel sorts(String... names) {
        return new Panel(
                kind, path, icon, group, List.of(names), columns, facts, relations, tables);
    }

    Panel columns(Aspect... some) {
        return new Panel(kind, path, icon, group, sorts, List.of(some), facts, relations, tables);
    }

    Panel facts(Aspect... some) {
        return new Panel(kind, path, icon, group, sorts, columns, List.of(some), relations, tables);
    }

    Panel named(String label, Kind from) {
        var more = new ArrayList<>(relations);
        more.add(new Relation(label, from));
        return new Panel(kind, path, icon, group, sorts, columns, facts, more, tables);
    }

    Panel table(String label, Rows rows, Aspect... some) {
        var more = new ArrayList<>(tables);
        more.add(new Table(label, List.of(some), rows));
        return new Panel(kind, path, icon, group, sorts, columns, facts, relations, more);
    }

    boolean hasStatus() {
        return sorts.contains("status");
    }

    boolean isMachinery() {
        return kind.isMachinery();
    }

    /** What this kind calls something: {@code say("heading")} is "Volumes". */
    Words say(String what, Serializable... arguments) {
        return Words.of("resources." + path + "." + what, arguments);
    }
}

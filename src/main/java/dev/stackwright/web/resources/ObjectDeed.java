package dev.stackwright.web.resources;

import dev.stackwright.cloud.Request;
import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person can do to a thing, or to make one: when, what is asked of them first, and
 * how the cloud is asked. {@link ObjectDeeds} has them all.
 *
 * @param path the last part of its address; its words are under the same name
 * @param danger whether something is lost
 * @param asks whether there is a page in between: to be sure, or with fields
 */
record ObjectDeed(
        Kind kind,
        String path,
        boolean danger,
        boolean asks,
        When when,
        Form form,
        Ask ask,
        Touch touch) {

    /** Where it is done from. */
    record Where(Visit visit, Inventory inventory) {}

    /** Why it cannot be done to this thing as it stands; null when it can. */
    interface When {
        @Nullable Words unable(Where where, CloudObject object);
    }

    /** What has to be filled in. */
    interface Form {
        List<Field> fields(Where where, CloudObject object);
    }

    /** How the cloud is asked. */
    interface Ask {
        Request request(CloudObject object, Map<String, String> typed);
    }

    /** What is different afterwards, besides the thing itself. */
    interface Touch {
        List<ObjectRef> touched(CloudObject object, Map<String, String> typed);
    }

    static ObjectDeed of(Kind kind, String path, Ask ask) {
        return new ObjectDeed(
                kind,
                path,
                false,
                false,
                (_, _) -> null,
                (_, _) -> List.of(),
                ask,
                (_, _) -> List.of());
    }

    /** Something is lost, so it is asked first. */
    ObjectDeed dangerous() {
        return new ObjectDeed(kind, path, true, true, when, form, ask, touch);
    }

    ObjectDeed when(When condition) {
        return new ObjectDeed(kind, path, danger, asks, condition, form, ask, touch);
    }

    ObjectDeed form(Form fields) {
        return new ObjectDeed(kind, path, danger, true, when, fields, ask, touch);
    }

    ObjectDeed touching(Touch others) {
        return new ObjectDeed(kind, path, danger, asks, when, form, ask, others);
    }

    /** Whether it makes something new. */
    boolean makes() {
        return path.equals("create");
    }

    /** How the audit record calls what it is done to. */
    String objectKind() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** How the audit record calls it. */
    String action() {
        return objectKind() + "." + path;
    }

    /** What is said of it: {@code say("go", name)} is "Delete data". */
    Words say(String what, String... arguments) {
        return Words.of(key(what), arguments);
    }

    /** Where the message files say something about it. */
    String key(String what) {
        return "resources.do." + Panels.of(kind).path() + "." + path + "." + what;
    }

    @Nullable Words unable(Where where, CloudObject object) {
        return where.visit().mayChange()
                ? when.unable(where, object)
                : Words.of("resources.cannot.reader");
    }
}

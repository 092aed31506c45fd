package dev.stackwright.inventory.collect;

import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.store.ObjectRecord;
import tools.jackson.databind.json.JsonMapper;

/** What the collector makes of an answer, for tests that have no cloud. */
public final class Objects {

    private static final JsonMapper JSON = new JsonMapper();

    private Objects() {}

    /** Of JSON with single quotes. */
    public static ObjectRecord of(Kind kind, String json) {
        return Reading.object(kind, JSON.readTree(json.replace('\'', '"')));
    }
}

package dev.stackwright.web.graph;

import org.jspecify.annotations.Nullable;

/**
 * One thing in a graph.
 *
 * @param id unique in the graph; what the edges call it
 * @param type what a person calls such a thing, and if there is room how large: "Server m1.small"
 * @param symbol of the sprite, for the thing
 * @param state in words: "unchanged", "Building for 14 s"
 * @param stateSymbol of the sprite, for the state
 * @param href where it leads, or null
 */
public record GraphNode(
        String id,
        String name,
        String type,
        String symbol,
        String state,
        String stateSymbol,
        Look look,
        @Nullable String href) {

    /** How a node is drawn. Dashed is planned, solid is fact. */
    public enum Look {
        /** Stands and is well. */
        PLAIN("", "gi"),
        /** Not touched by what the picture is about. */
        DIM("dim", "gi"),
        /** At work now. */
        BUSY("busy", "busyc"),
        /** Needs a person. */
        BAD("bad", "bad"),
        /** Waits for its turn: dashed. */
        PLANNED("plan", "gi"),
        CREATED("new", "okc"),
        UPDATED("upd", "busyc"),
        REPLACED("warn", "warnc"),
        DELETED("gone", "bad");

        private final String css;
        private final String stateCss;

        Look(String css, String stateCss) {
            this.css = css;
            this.stateCss = stateCss;
        }

        public String css() {
            return css;
        }

        /** The class of the state's symbol. */
        public String stateCss() {
            return stateCss;
        }

        /** Whether the eye should find it. */
        boolean isLit() {
            return this != PLAIN && this != DIM;
        }
    }
}

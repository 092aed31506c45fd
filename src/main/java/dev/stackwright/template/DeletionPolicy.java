package dev.stackwright.template;

/** What becomes of the cloud's object when its resource goes. */
public enum DeletionPolicy {
    DELETE("Delete"),
    RETAIN("Retain"),
    SNAPSHOT("Snapshot");

    private final String word;

    DeletionPolicy(String word) {
        this.word = word;
    }

    /** As templates of every version write it. */
    String word() {
        return word;
    }
}

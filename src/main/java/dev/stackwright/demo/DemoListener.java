package dev.stackwright.demo;

/** Hears what the services of the demo cloud say on their bus. */
public interface DemoListener {

    /** Is called while the demo cloud stands still: take the envelope and return soon. */
    void heard(DemoEnvelope envelope);
}

package dev.stackwright.demo;

import java.time.Duration;

/** What can go wrong with a call to the demo cloud when a test wants it to. */
public sealed interface DemoFailure {

    /** The service answers this status and does nothing. */
    record Status(int status) implements DemoFailure {}

    /** The service answers as always, but later. */
    record Slow(Duration delay) implements DemoFailure {}

    /** No answer comes until the demo cloud is closed or its failures are cleared. */
    record Hang() implements DemoFailure {}

    /** The connection ends without an answer and nothing is done. */
    record Cut() implements DemoFailure {}

    /** The service does what it was asked to, but the connection ends before the answer. */
    record CutAfter() implements DemoFailure {}
}

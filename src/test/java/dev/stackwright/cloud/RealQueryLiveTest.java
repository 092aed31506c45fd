package dev.stackwright.cloud;

import org.junit.jupiter.api.Tag;

/** What a real OpenStack lists, and how it refuses. */
@Tag("live")
class RealQueryLiveTest extends QueryContract {

    @Override
    protected Stage stage() {
        return RealStage.stage();
    }
}

package dev.stackwright.cloud;

import org.junit.jupiter.api.Tag;

/** By which rules the servers of a real OpenStack change their state. */
@Tag("live")
class RealServerLiveTest extends ServerContract {

    @Override
    protected Stage stage() {
        return RealStage.stage();
    }
}

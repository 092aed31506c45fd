package dev.stackwright.cloud;

import org.junit.jupiter.api.Tag;

/** The contract against a real OpenStack. */
@Tag("live")
class RealCloudLiveTest extends CloudContract {

    @Override
    protected Stage stage() {
        return RealStage.stage();
    }
}

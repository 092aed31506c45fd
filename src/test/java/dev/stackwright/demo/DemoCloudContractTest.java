package dev.stackwright.demo;

import dev.stackwright.cloud.CloudContract;
import org.junit.jupiter.api.AfterAll;

/** What holds of a real cloud holds of the demo. */
class DemoCloudContractTest extends CloudContract {

    private final DemoStage demo = new DemoStage();

    @AfterAll
    void close() {
        demo.close();
    }

    @Override
    protected Stage stage() {
        return demo.stage();
    }

    @Override
    protected void passTime() {
        demo.passTime();
    }
}

package dev.stackwright.demo;

import dev.stackwright.cloud.QueryContract;
import org.junit.jupiter.api.AfterAll;

/** The demo lists and pages as a real cloud does, and refuses what one refuses. */
class DemoQueryContractTest extends QueryContract {

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

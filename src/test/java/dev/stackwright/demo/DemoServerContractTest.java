package dev.stackwright.demo;

import dev.stackwright.cloud.ServerContract;
import org.junit.jupiter.api.AfterAll;

/** Servers of the demo change their state by the rules of a real cloud. */
class DemoServerContractTest extends ServerContract {

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

package preview;

import dev.stackwright.App;

/** The application of the tests, to be looked at with a browser: prints where it is and stays. */
class AppMain {

    public static void main(String[] args) throws InterruptedException {
        System.out.println("Running at " + App.started().url());
        Thread.currentThread().join();
    }
}

package dev.stackwright;

import java.util.Locale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Stackwright in one process: pages, engine and collector. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class StackwrightApplication {

    static {
        // Libraries that ask the machine for its language turn PUBLIC into something with a
        // dotless i in Turkish; what people read is in their own form, whatever this is.
        Locale.setDefault(Locale.UK);
    }

    public static void main(String[] args) {
        SpringApplication.run(StackwrightApplication.class, args);
    }
}

package dev.stackwright;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Stackwright in one process: pages, engine and collector. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class StackwrightApplication {

    public static void main(String[] args) {
        SpringApplication.run(StackwrightApplication.class, args);
    }
}

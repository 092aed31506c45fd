package dev.stackwright.web.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Client;
import dev.stackwright.StackwrightApplication;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/** Neither a cloud nor the demo: whoever comes must learn what to do. */
class UnconnectedTest {

    @Test
    void theSignInPageSaysHowToConnectACloud(@TempDir Path folder) {
        try (var context =
                new SpringApplicationBuilder(StackwrightApplication.class)
                        .run(
                                "--server.port=0",
                                "--server.address=127.0.0.1",
                                "--stackwright.demo.enabled=false",
                                "--spring.datasource.url=jdbc:h2:mem:unconnected",
                                "--stackwright.access.key-file=" + folder.resolve("vault.keys"))) {
            var server = ((WebServerApplicationContext) context).getWebServer();
            var client = new Client("http://localhost:" + Objects.requireNonNull(server).getPort());

            var answer = client.get("/sign-in");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.page().select("main").text())
                    .contains("No cloud is connected", "clouds.yaml", "OS_CLOUD");
            assertThat(answer.page().select("form[action$=/sign-in]")).isEmpty();
        }
    }
}

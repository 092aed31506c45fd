package dev.stackwright.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom we believe over TLS: a certificate that nobody signed but itself. */
class CertificatesTest {

    @TempDir Path folder;
    private HttpsServer server;

    @BeforeEach
    void serve() throws Exception {
        var store = folder.resolve("store.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-dname",
                "CN=keystone",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "k",
                "-file",
                folder.resolve("ca.pem").toString(),
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit");
        var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        exchange.getRequestBody().readAllBytes();
                        StubCloud.reply(
                                exchange,
                                401,
                                "application/json",
                                StubCloud.fault("error", 401, "Keystone speaking."));
                    }
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aStrangeCertificateIsNotBelieved() {
        var failure = answer(CloudDefinition.Tls.STANDARD);

        assertThat(failure.kind()).isEqualTo(CloudFailure.Kind.UNREACHABLE);
        assertThat(failure.said()).startsWith("No secure connection to https://127.0.0.1:");
    }

    @Test
    void oneThatTheFileVouchesForIs() {
        assertThat(
                        answer(
                                        new CloudDefinition.Tls(
                                                true,
                                                folder.resolve("ca.pem").toString(),
                                                null,
                                                null))
                                .said())
                .isEqualTo("Keystone speaking.");
    }

    @Test
    void verifyFalseBelievesAnybody() {
        assertThat(answer(new CloudDefinition.Tls(false, null, null, null)).said())
                .isEqualTo("Keystone speaking.");
    }

    private CloudFailure answer(CloudDefinition.Tls tls) {
        var definition =
                new CloudDefinition(
                        StubCloud.NAME,
                        "stub",
                        "https://127.0.0.1:" + server.getAddress().getPort(),
                        null,
                        "public",
                        java.util.Map.of(),
                        tls,
                        null,
                        false);
        try (var clouds =
                Clouds.open(
                        List.of(definition),
                        CloudSettings.STANDARD,
                        Clock.systemUTC(),
                        new io.micrometer.core.instrument.simple.SimpleMeterRegistry(),
                        List.of())) {
            return catchThrowableOfType(
                    CloudFailure.class,
                    () ->
                            clouds.get(StubCloud.NAME)
                                    .authenticate(StubCloud.password("alice"), Scope.UNSCOPED));
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        var command =
                new java.util.ArrayList<String>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}

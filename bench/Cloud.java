import com.sun.net.httpserver.HttpServer;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.demo.DemoOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The demo cloud as a process of its own, reached by HTTP as a real one is, with as many servers as
 * asked for. Writes a clouds.yaml that points to it, with the entries bench (for people) and
 * bench-service (for the collector), and beside it a file with the address that tells how many
 * calls came in.
 *
 * <p>java -cp target/app/stackwright.jar bench/Cloud.java SERVERS CLOUDS_YAML
 */
public class Cloud {

    public static void main(String[] words) throws Exception {
        DemoCloud cloud =
                DemoCloud.start(DemoOptions.usual().withServers(Integer.parseInt(words[0])));
        String yaml =
                """
                clouds:
                  bench:
                    region_name: %1$s
                    auth: {auth_url: "%2$s", username: nobody, password: nothing, project_name: shop, user_domain_name: Default, project_domain_name: Default}
                  bench-service:
                    region_name: %1$s
                    auth: {auth_url: "%2$s", username: %3$s, password: "%4$s", project_name: %5$s, user_domain_name: Default, project_domain_name: Default}
                """
                        .formatted(
                                DemoCloud.REGION,
                                cloud.authUrl(),
                                DemoCloud.SERVICE_USER,
                                cloud.servicePassword(),
                                DemoCloud.SERVICE_PROJECT);
        HttpServer counter =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        counter.createContext(
                "/",
                exchange -> {
                    byte[] calls = Long.toString(cloud.calls()).getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, calls.length);
                    exchange.getResponseBody().write(calls);
                    exchange.close();
                });
        counter.start();
        Files.writeString(
                Path.of(words[1] + ".calls"),
                "http://127.0.0.1:" + counter.getAddress().getPort() + "/");
        Path part = Path.of(words[1] + ".part");
        Files.writeString(part, yaml);
        Files.move(part, Path.of(words[1]));
        Thread.currentThread().join();
    }
}

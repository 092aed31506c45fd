package dev.stackwright.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A person with a token who calls the demo cloud by plain HTTP. */
final class Curl {

    record Answer(int status, JsonNode body, HttpResponse<String> response) {

        String message() {
            for (JsonNode each : body) {
                if (each.hasNonNull("message")) {
                    return Json.text(each, "message");
                }
            }
            return Json.text(body, "message");
        }
    }

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final DemoCloud cloud;
    private @Nullable String token;
    private @Nullable String microversion;

    private Curl(DemoCloud cloud, @Nullable String token) {
        this.cloud = cloud;
        this.token = token;
    }

    static Curl nobody(DemoCloud cloud) {
        return new Curl(cloud, null);
    }

    static Curl as(DemoCloud cloud, String user, String project) {
        return as(cloud, user, DemoCloud.PASSWORD, project);
    }

    static Curl as(DemoCloud cloud, String user, String password, String project) {
        Curl curl = nobody(cloud);
        Answer answer = curl.post("identity/v3/auth/tokens", login(user, password, project));
        curl.token = answer.response().headers().firstValue("X-Subject-Token").orElseThrow();
        return curl;
    }

    static String login(String user, String password, String project) {
        return """
        {"auth": {"identity": {"methods": ["password"], "password": {"user":
          {"name": "%s", "password": "%s", "domain": {"id": "default"}}}},
         "scope": {"project": {"name": "%s", "domain": {"name": "Default"}}}}}\
        """
                .formatted(user, password, project);
    }

    Curl version(String version) {
        Curl other = new Curl(cloud, token);
        other.microversion = version;
        return other;
    }

    String token() {
        return String.valueOf(token);
    }

    Answer get(String path, String... headers) {
        return call("GET", path, null, headers);
    }

    Answer post(String path, String body) {
        return call("POST", path, body);
    }

    Answer put(String path, @Nullable String body) {
        return call("PUT", path, body);
    }

    Answer delete(String path, String... headers) {
        return call("DELETE", path, null, headers);
    }

    Answer call(String method, String path, @Nullable String body, String... headers) {
        try {
            HttpResponse<String> response = send(method, path, body, headers);
            String text = response.body();
            boolean json = text.startsWith("{") || text.startsWith("[");
            return new Answer(
                    response.statusCode(),
                    json ? Json.MAPPER.readTree(text) : Json.object(),
                    response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(
            String method, String path, @Nullable String body, String... headers)
            throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + cloud.port() + "/" + path))
                        .timeout(Duration.ofSeconds(20))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json");
        if (token != null) {
            request.header("X-Auth-Token", token);
        }
        if (microversion != null) {
            String service =
                    path.startsWith("compute")
                            ? "compute"
                            : path.startsWith("volume") ? "volume" : "placement";
            request.header("OpenStack-API-Version", service + " " + microversion);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

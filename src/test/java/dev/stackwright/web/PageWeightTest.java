package dev.stackwright.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** What a page without chart or editor weighs, cold and warm, as it goes over the wire. */
class PageWeightTest {

    private static final int COLD_BYTES = 60 * 1024;
    private static final int COLD_REQUESTS = 6;
    private static final int WARM_BYTES = 12 * 1024;

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @Test
    void theOverviewIsLightColdAndLighterWarm() throws Exception {
        HttpResponse<byte[]> html = fetch("/c/demo/p/" + DemoCloud.projectId("shop"));
        Document page = Jsoup.parse(unpacked(html));
        Set<String> parts = new LinkedHashSet<>();
        page.select("link[href]").forEach(e -> parts.add(e.attr("href")));
        page.select("script[src]").forEach(e -> parts.add(e.attr("src")));
        page.select("use[href]").forEach(e -> parts.add(e.attr("href").replaceFirst("#.*", "")));

        int cold = html.body().length;
        for (String part : parts) {
            HttpResponse<byte[]> answer = fetch(part);
            assertThat(answer.statusCode()).as(part).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                    .as(part)
                    .contains("immutable");
            System.out.printf("%7d %s%n", answer.body().length, part);
            cold += answer.body().length;
        }
        System.out.printf(
                "%7d the page; %d cold in %d requests%n",
                html.body().length, cold, parts.size() + 1);

        assertThat(html.headers().firstValue("Cache-Control")).contains("private, no-cache");
        assertThat(cold).isLessThanOrEqualTo(COLD_BYTES);
        assertThat(parts.size() + 1).isLessThanOrEqualTo(COLD_REQUESTS);
        assertThat(html.body().length).isLessThanOrEqualTo(WARM_BYTES);
    }

    private HttpResponse<byte[]> fetch(String path) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(app.url() + path))
                        .header("Accept", "text/html")
                        .header("Accept-Encoding", "gzip");
        alice.cookies().forEach(c -> request.header("Cookie", c.getName() + "=" + c.getValue()));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String unpacked(HttpResponse<byte[]> answer) throws IOException {
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        try (var gzip = new GZIPInputStream(new java.io.ByteArrayInputStream(answer.body()))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package dev.stackwright;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Somebody at the application without a browser: keeps cookies, follows no redirect. */
public final class Client {

    /** An answer with what tests ask of it. */
    public record Answered(int status, String location, String request, String body) {

        public Document page() {
            return Jsoup.parse(body);
        }
    }

    private final String url;
    private final CookieManager cookies;
    private final HttpClient http;

    public Client(String url) {
        this(url, new CookieManager(null, CookiePolicy.ACCEPT_ALL));
    }

    private Client(String url, CookieManager cookies) {
        this.url = url;
        this.cookies = cookies;
        this.http = HttpClient.newBuilder().cookieHandler(cookies).build();
    }

    /** The same person with the same cookies at another replica. */
    public Client at(String other) {
        return new Client(other, cookies);
    }

    /** One of the cast, signed in to the demo cloud. */
    public static Client of(App app, String user) {
        Client client = new Client(app.url());
        var answer = client.signIn(user, "demo");
        if (answer.status() != 302 && answer.status() != 303) {
            throw new AssertionError(
                    user + " is not let in: " + answer.status() + " " + answer.page().text());
        }
        return client;
    }

    public Answered signIn(String user, String password) {
        return signIn(user, password, "Default");
    }

    public Answered signIn(String user, String password, String domain) {
        return post(
                "/sign-in",
                Map.of(
                        "user",
                        user,
                        "password",
                        password,
                        "domain",
                        domain,
                        "_csrf",
                        token(get("/sign-in").page())));
    }

    /** The token that a form of this session carries. */
    public String token() {
        return token(get("/sign-in").page());
    }

    private static String token(Document page) {
        return page.select("meta[name=csrf]").attr("content");
    }

    public Answered get(String path) {
        return send(request(path).header("Accept", "text/html,*/*;q=0.8").GET().build());
    }

    /** Posts a form with the token that belongs to this session. */
    public Answered submit(String path, Map<String, String> form) {
        Map<String, String> whole = new java.util.HashMap<>(form);
        whole.put("_csrf", token());
        return post(path, whole);
    }

    /** Asks as a page's script does. */
    public Answered ask(String path, String json) {
        return send(
                request(path)
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/json")
                        .header("X-CSRF-TOKEN", token())
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    public Answered post(String path, Map<String, String> form) {
        String body =
                form.entrySet().stream()
                        .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
                        .collect(Collectors.joining("&"));
        return send(
                request(path)
                        .header("Accept", "text/html,*/*;q=0.8")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    public Answered send(HttpRequest request) {
        try {
            HttpResponse<String> answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answered(
                    answer.statusCode(),
                    answer.headers().firstValue("Location").orElse(""),
                    answer.headers().firstValue("X-Request-Id").orElse(""),
                    answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A header of the answer; empty when it has none of that name. */
    public String header(String path, String name) {
        try {
            return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue(name)
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public List<HttpCookie> cookies() {
        return cookies.getCookieStore().getCookies();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

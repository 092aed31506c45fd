import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Alice, as bench/backup sends her: makes a stack with a sealed environment, or looks whether it is
 * there again.
 *
 * <p>java bench/Backup.java URL make|check
 */
public class Backup {

    static final String TEMPLATE =
            """
            heat_template_version: 2018-08-31
            parameters: {word: {type: string, hidden: true}}
            resources:
              net: {type: OS::Neutron::Net}
              volume: {type: OS::Cinder::Volume, properties: {size: 1, name: kept-volume}}
            """;
    static final String SEALED = "parameters: {word: sealed-in-the-vault}";

    static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager())
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
    static String base;

    public static void main(String[] words) throws Exception {
        base = words[0];
        var token = token(get("/sign-in").body());
        post(
                "/sign-in",
                Map.of("user", "alice", "password", "demo", "domain", "Default", "_csrf", token));
        var home = get("/").uri().getPath();
        if (words[1].equals("make")) {
            token = token(get(home + "/stacks/new").body());
            var form =
                    Map.of(
                            "name",
                            "kept",
                            "template",
                            TEMPLATE,
                            "environment",
                            SEALED,
                            "_csrf",
                            token);
            var plan = post(home + "/stacks/new", form).uri().getPath();
            post(plan + "/approve", Map.of("_csrf", token));
            waitFor(stack(home), "Created");
            waitFor(home + "/usage", "volume");
        }
        expect(stack(home), "volume");
        expect(stack(home) + "/edit", "sealed-in-the-vault");
        expect(home + "/usage", "volume");
        expect(home + "/audit", "kept");
        System.out.println(words[1].equals("make") ? "The stack is made." : "Everything is there.");
    }

    static String stack(String home) throws Exception {
        var link =
                Pattern.compile("href=\"(" + home + "/stacks/[0-9a-f-]{36})\"")
                        .matcher(get(home + "/stacks").body());
        if (!link.find()) {
            throw new IllegalStateException("The stack is not in the list");
        }
        return link.group(1);
    }

    static void waitFor(String path, String text) throws Exception {
        for (int i = 0; i < 240; i++) {
            if (get(path).body().contains(text)) {
                return;
            }
            Thread.sleep(500);
        }
        expect(path, text);
    }

    static void expect(String path, String text) throws Exception {
        var answer = get(path);
        if (answer.statusCode() != 200 || !answer.body().contains(text)) {
            throw new IllegalStateException(
                    path + " says " + answer.statusCode() + " and not \"" + text + "\"");
        }
    }

    static String token(String page) {
        var found = Pattern.compile("name=\"csrf\" content=\"([^\"]+)\"").matcher(page);
        return found.find() ? found.group(1) : "";
    }

    static HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "text/html"));
    }

    static HttpResponse<String> post(String path, Map<String, String> form) throws Exception {
        var body =
                form.entrySet().stream()
                        .map(e ->
                                e.getKey()
                                        + "="
                                        + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        var answer =
                send(
                        HttpRequest.newBuilder(URI.create(base + path))
                                .header("Accept", "text/html")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException(path + " says " + answer.statusCode());
        }
        return answer;
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}

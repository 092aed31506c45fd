import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Reads the pages of a running Stackwright as a browser would, checks what they say, and prints
 * figures. Started by bench/pages; needs nothing but a JDK.
 *
 * <p>java bench/Pages.java BASE USER PASSWORD list NAME WANTED p95 of the instance list, NAME in ms
 * java bench/Pages.java BASE USER PASSWORD weight bytes and requests, cold and warm java
 * bench/Pages.java BASE USER PASSWORD await WANTED waits until the list has WANTED instances java
 * bench/Pages.java BASE USER PASSWORD crowd PEOPLE SECONDS
 */
public class Pages {

    private static final Pattern INSTANCE =
            Pattern.compile("href=\"[^\"]*/instances/([0-9a-f-]{36})\"");
    private static final Pattern HIDDEN =
            Pattern.compile(
                    "<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"");
    private static final Pattern ASSET =
            Pattern.compile("<(?:link|script|img|use)\\b[^>]*?\\s(?:href|src)=\"([^\"]+)\"");
    private static final Pattern NEXT =
            Pattern.compile(
                    "<a[^>]*rel=\"next\"[^>]*href=\"([^\"]+)\"|<a[^>]*href=\"([^\"]+)\"[^>]*rel=\"next\"");

    private static final int WARM_UP = 8;
    private static final int ROUNDS = 25;

    private final URI base;
    private final HttpClient browser =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager())
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    private Pages(String base) {
        this.base = URI.create(base);
    }

    private record Page(
            URI at, int status, byte[] body, String text, Map<String, List<String>> headers) {}

    public static void main(String[] words) throws Exception {
        Pages pages = new Pages(words[0]);
        String home = pages.signIn(words[1], words[2]);
        switch (words[3]) {
            case "list" -> pages.list(home, words[4], Integer.parseInt(words[5]));
            case "weight" -> pages.weight(home);
            case "await" -> pages.await(home, Integer.parseInt(words[4]));
            case "crowd" -> crowd(words, Integer.parseInt(words[4]), Integer.parseInt(words[5]));
            default -> throw new IllegalArgumentException(words[3]);
        }
    }

    private String signIn(String user, String password) throws Exception {
        Page door = get("/sign-in");
        var form = new LinkedHashMap<String, String>();
        var hidden = HIDDEN.matcher(door.text);
        while (hidden.find()) {
            form.put(hidden.group(1), hidden.group(2).replace("&#43;", "+").replace("&amp;", "&"));
        }
        form.put("user", user);
        form.put("password", password);
        form.put("domain", "Default");
        var body = new StringBuilder();
        form.forEach((name, value) ->
                body.append(body.isEmpty() ? "" : "&")
                        .append(encode(name))
                        .append('=')
                        .append(encode(value)));
        var request =
                HttpRequest.newBuilder(base.resolve("/sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build();
        HttpResponse<String> answer = browser.send(request, HttpResponse.BodyHandlers.ofString());
        String home = answer.uri().getPath();
        require(
                home.matches("/c/[^/]+/p/[^/]+"),
                "signed in and landed on a project, not on "
                        + answer.uri()
                        + " "
                        + answer.statusCode());
        return home;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Page get(String path) throws IOException, InterruptedException {
        URI at = base.resolve(path);
        var request =
                HttpRequest.newBuilder(at)
                        .header("Accept-Encoding", "gzip")
                        .timeout(Duration.ofSeconds(60))
                        .build();
        HttpResponse<byte[]> answer =
                browser.send(request, HttpResponse.BodyHandlers.ofByteArray());
        boolean packed = answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
        byte[] plain =
                packed
                        ? new GZIPInputStream(new ByteArrayInputStream(answer.body()))
                                .readAllBytes()
                        : answer.body();
        return new Page(
                answer.uri(),
                answer.statusCode(),
                answer.body(),
                new String(plain, StandardCharsets.UTF_8),
                answer.headers().map());
    }

    private Page good(String path) throws Exception {
        Page page = get(path);
        require(page.status == 200, path + " answered " + page.status);
        return page;
    }

    private static Set<String> instances(Page page) {
        var ids = new LinkedHashSet<String>();
        var found = INSTANCE.matcher(page.text);
        while (found.find()) {
            ids.add(found.group(1));
        }
        return ids;
    }

    /**
     * Pages through the whole list once, so that it is known to hold what it should, then measures:
     * each way to ask by itself, as lines of text, and all of them together as the figure.
     */
    private void list(String home, String name, int wanted) throws Exception {
        var pages = new ArrayList<String>();
        var seen = walkList(home, pages);
        require(
                seen.size() >= wanted,
                "the list holds " + wanted + " instances, found " + seen.size());
        var asked = new LinkedHashMap<String, String>();
        for (String query :
                List.of(
                        "",
                        "?sort=name",
                        "?sort=-name",
                        "?sort=created",
                        "?sort=status",
                        "?sort=-status",
                        "?status=ACTIVE",
                        "?status=ACTIVE&sort=name",
                        "?name=1",
                        "?name=1&sort=name",
                        "?address=10.",
                        "?size=100")) {
            asked.put(query.isEmpty() ? "newest" : query, home + "/instances" + query);
        }
        for (int i = 1; i <= 4; i++) {
            asked.put(
                    "page at " + i + "/5",
                    pages.get(pages.size() * i / 5).replace("size=200", "size=50"));
        }
        for (int round = 0; round < WARM_UP; round++) {
            for (String path : asked.values()) {
                good(path);
            }
        }
        var all = new ArrayList<Double>();
        var each = new LinkedHashMap<String, List<Double>>();
        for (int round = 0; round < ROUNDS; round++) {
            for (var query : asked.entrySet()) {
                long begin = System.nanoTime();
                Page page = get(query.getValue());
                double took = (System.nanoTime() - begin) / 1e6;
                require(
                        page.status == 200 && instances(page).size() >= 50,
                        query.getValue() + " shows a full page");
                all.add(took);
                each.computeIfAbsent(query.getKey(), k -> new ArrayList<>()).add(took);
            }
        }
        each.forEach((query, took) ->
                System.out.printf(
                        Locale.ROOT,
                        "  %-26s p50 %6.1f  p95 %6.1f ms%n",
                        query,
                        percentile(took, 50),
                        percentile(took, 95)));
        figure(name, percentile(all, 95), "ms");
        figure(name.replace("p95", "p50"), percentile(all, 50), "ms");
    }

    /** Every instance of the list, page by page, and the addresses of the pages. */
    private Set<String> walkList(String home, List<String> pages) throws Exception {
        var seen = new LinkedHashSet<String>();
        String next = home + "/instances?size=200";
        while (next != null) {
            pages.add(next);
            Page page = good(next);
            seen.addAll(instances(page));
            var link = NEXT.matcher(page.text);
            next =
                    link.find()
                            ? (link.group(1) != null ? link.group(1) : link.group(2))
                                    .replace("&amp;", "&")
                            : null;
        }
        return seen;
    }

    private void weight(String home) throws Exception {
        long cold = 0;
        int requests = 0;
        long warm = 0;
        int warmRequests = 0;
        for (String path : List.of(home, home + "/instances", home + "/stacks", home + "/audit")) {
            long[] weighed = weigh(path);
            cold = Math.max(cold, weighed[0]);
            requests = Math.max(requests, (int) weighed[1]);
            warm = Math.max(warm, weighed[2]);
            warmRequests = Math.max(warmRequests, (int) weighed[3]);
        }
        figure("cold-bytes", cold, "B");
        figure("cold-requests", requests, "requests");
        figure("warm-bytes", warm, "B");
        figure("warm-requests", warmRequests, "requests");
        figure("cold-bytes-chart", weigh(home + "/usage")[0], "B");
        figure("cold-bytes-editor", weigh(home + "/stacks/new")[0], "B");
    }

    /**
     * Bytes and requests with an empty cache, and with one that has kept what may be kept for ever.
     */
    private long[] weigh(String path) throws Exception {
        Page page = good(path);
        var assets = new LinkedHashSet<URI>();
        var found = ASSET.matcher(page.text);
        while (found.find()) {
            String link = found.group(1);
            boolean fetched = link.matches(".*\\.(css|js|svg|png|ico|json)(\\?.*)?(#.*)?");
            if (fetched && !link.startsWith("#")) {
                URI at = page.at.resolve(link.replace("&amp;", "&"));
                assets.add(URI.create(at.toString().replaceAll("#.*", "")));
            }
        }
        long cold = page.body.length;
        long warm = page.body.length;
        int again = 1;
        for (URI asset : assets) {
            Page part = good(asset.toString());
            cold += part.body.length;
            String cache = String.join(",", part.headers.getOrDefault("cache-control", List.of()));
            if (!cache.contains("immutable")) {
                warm += part.body.length;
                again++;
            }
        }
        return new long[] {cold, assets.size() + 1, warm, again};
    }

    private void await(String home, int wanted) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        Pattern total = Pattern.compile("(?:of|all) ([0-9][0-9 ,.\\u202f\\u00a0]*)");
        while (true) {
            Page page = good(home + "/instances?size=200&sort=-name");
            if (instances(page).size() >= Math.min(200, wanted)) {
                return;
            }
            require(System.nanoTime() < end, "the inventory filled up within five minutes");
            Thread.sleep(500);
        }
    }

    private static void crowd(String[] words, int people, int seconds) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        var threads = new ArrayList<Thread>();
        var failures = new ArrayList<String>();
        for (int i = 0; i < people; i++) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            Pages pages = new Pages(words[0]);
                            String home = pages.signIn(words[1], words[2]);
                            var paths =
                                    List.of(
                                            "",
                                            "/instances",
                                            "/stacks",
                                            "/usage",
                                            "/instances?sort=-created");
                            for (int turn = 0; System.nanoTime() < end; turn++) {
                                pages.good(home + paths.get(turn % paths.size()));
                                Thread.sleep(3000);
                            }
                        } catch (Exception failure) {
                            synchronized (failures) {
                                failures.add(failure.toString());
                            }
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        require(failures.isEmpty(), people + " people at work without a failure: " + failures);
    }

    private static double percentile(List<Double> values, int percent) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[
                Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }

    private static void figure(String name, double value, String unit) {
        System.out.printf(
                Locale.ROOT,
                "figure %s %s %s%n",
                name,
                value == Math.rint(value)
                        ? String.valueOf((long) value)
                        : String.format(Locale.ROOT, "%.1f", value),
                unit);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            System.err.println("No figure, because this is not so: " + what);
            System.exit(1);
        }
    }
}

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
import java.util.ArrayDeque;
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
 * <pre>
 *   java bench/Pages.java BASE USER PASSWORD ...
 *     await WANTED           waits until the list has WANTED instances
 *     list NAME WANTED       p95 of the instance list, NAME in ms
 *     stacks COUNT           makes so many stacks
 *     weight                 bytes and requests, cold and warm
 *     upstream CALLS         calls that page views make to the cloud, which tells at the address
 *                            CALLS how many it got
 *     crowd PEOPLE SECONDS   so many people who look at pages
 * </pre>
 */
public class Pages {

    private static final Pattern INSTANCE =
            Pattern.compile("href=\"[^\"]*/instances/([0-9a-f-]{36})\"");
    private static final Pattern HIDDEN =
            Pattern.compile(
                    "<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"");
    private static final Pattern ASSET =
            Pattern.compile(
                    "<(?:link|script|img|use)\\b[^>]*?\\s(?:href|src)=\"([^\"]+\\.(?:css|js|svg|png|ico|json)(?:[?#][^\"]*)?)\"");
    private static final Pattern FETCHED = Pattern.compile("<canvas[^>]*\\sdata-src=\"([^\"]+)\"");
    private static final Pattern LINK = Pattern.compile("\\s(?:href|hx-get|data-src)=\"([^\"]+)\"");
    private static final Pattern NEXT =
            Pattern.compile(
                    "<a[^>]*rel=\"next\"[^>]*href=\"([^\"]+)\"|<a[^>]*href=\"([^\"]+)\"[^>]*rel=\"next\"");

    private static final int WARM_UP = 30;
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
        if (words[3].equals("crowd")) {
            crowd(words, Integer.parseInt(words[4]), Integer.parseInt(words[5]));
            return;
        }
        Pages pages = new Pages(words[0]);
        long before = words[3].equals("upstream") ? pages.told(words[4]) : 0;
        String home = pages.signIn(words[1], words[2]);
        switch (words[3]) {
            case "await" -> pages.await(home, Integer.parseInt(words[4]));
            case "list" -> pages.list(home, words[4], Integer.parseInt(words[5]));
            case "stacks" -> pages.stacks(home, Integer.parseInt(words[4]));
            case "weight" -> pages.weight(home);
            case "upstream" -> pages.upstream(home, words[4], before);
            default -> throw new IllegalArgumentException(words[3]);
        }
    }

    private String signIn(String user, String password) throws Exception {
        Page door = get("/sign-in");
        var form =
                new LinkedHashMap<>(
                        Map.of("user", user, "password", password, "domain", "Default"));
        HttpResponse<String> answer = send(door, "/sign-in", form);
        String home = answer.uri().getPath();
        require(
                home.matches("/c/[^/]+/p/[^/]+"),
                "signed in and landed on a project, not on "
                        + answer.uri()
                        + " "
                        + answer.statusCode());
        return home;
    }

    /** Sends a form of a page, with what the page hides in it. */
    private HttpResponse<String> send(Page page, String path, Map<String, String> typed)
            throws Exception {
        var form = new LinkedHashMap<String, String>();
        var hidden = HIDDEN.matcher(page.text);
        while (hidden.find()) {
            form.putIfAbsent(
                    hidden.group(1), hidden.group(2).replace("&#43;", "+").replace("&amp;", "&"));
        }
        form.putAll(typed);
        var body = new StringBuilder();
        form.forEach((name, value) ->
                body.append(body.isEmpty() ? "" : "&")
                        .append(encode(name))
                        .append('=')
                        .append(encode(value)));
        var request =
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build();
        return browser.send(request, HttpResponse.BodyHandlers.ofString());
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

    /**
     * Makes stacks of a resource that needs nothing of the cloud, so that there are stacks to show.
     */
    private void stacks(String home, int count) throws Exception {
        String template =
                """
                heat_template_version: 2021-04-16
                resources:
                  word: {type: OS::Heat::RandomString, properties: {length: 12}}
                outputs:
                  word: {value: {get_attr: [word, value]}}
                """;
        for (int i = 0; i < count; i++) {
            Page form = good(home + "/stacks/new");
            var plan =
                    send(
                            form,
                            home + "/stacks/new",
                            Map.of(
                                    "name",
                                    "bench-%02d".formatted(i),
                                    "template",
                                    template,
                                    "do",
                                    "preview"));
            String at = plan.uri().getPath();
            require(
                    plan.statusCode() == 200 && at.contains("/plans/"),
                    "a stack can be planned, not " + at);
            var started = send(good(at), at + "/approve", Map.of());
            require(started.statusCode() == 200, "a plan can be approved");
        }
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (good(home + "/stacks").text.contains("Creating")) {
            require(System.nanoTime() < end, count + " stacks are made within two minutes");
            Thread.sleep(500);
        }
    }

    /**
     * What each page weighs with an empty cache, and with one that has kept what may be kept for
     * ever.
     */
    private record Weight(long cold, int requests, long warm, int warmRequests) {

        Weight and(Weight other) {
            return new Weight(
                    Math.max(cold, other.cold), Math.max(requests, other.requests),
                    Math.max(warm, other.warm), Math.max(warmRequests, other.warmRequests));
        }
    }

    /** Pages as they are when there is something to show; the figures are those of the heaviest. */
    private void weight(String home) throws Exception {
        Page list = good(home + "/instances");
        require(instances(list).size() == 50, "the list shows fifty instances");
        Page stacks = good(home + "/stacks");
        var stack = Pattern.compile("href=\"([^\"]*/stacks/[0-9a-f-]{36})\"").matcher(stacks.text);
        require(stack.find(), "the list of stacks shows some");
        String firstStack = stack.group(1);
        Page usage = good(home + "/usage");
        require(usage.text.contains("<canvas"), "the page of usage has a chart");
        var plain = new LinkedHashMap<String, String>();
        plain.put("overview", home);
        plain.put("instances", home + "/instances");
        plain.put("instance", home + "/instances/" + instances(list).iterator().next());
        plain.put("stacks", home + "/stacks");
        plain.put("stack", firstStack);
        plain.put("audit", home + "/audit");
        Weight heaviest = new Weight(0, 0, 0, 0);
        for (var page : plain.entrySet()) {
            heaviest = heaviest.and(weigh(page.getKey(), page.getValue()));
        }
        Weight chart = weigh("usage", home + "/usage");
        Weight editor = weigh("stacks/new", home + "/stacks/new");
        figure("cold-bytes", heaviest.cold, "B");
        figure("cold-requests", heaviest.requests, "requests");
        figure("warm-bytes", heaviest.warm, "B");
        figure("warm-requests", heaviest.warmRequests, "requests");
        figure("delta-bytes", delta(list), "B");
        figure("cold-bytes-chart", chart.cold, "B");
        figure("cold-bytes-editor", editor.cold, "B");
    }

    /**
     * What the list's own question costs when something changed; when nothing did, it is told so in
     * no bytes.
     */
    private long delta(Page list) throws Exception {
        var asks =
                Pattern.compile("hx-get=\"([^\"]*/instances/changes[^\"]*)\"").matcher(list.text);
        require(asks.find(), "the list asks for changes by itself");
        String path = asks.group(1).replace("&amp;", "&");
        Page changed = good(path.replaceAll("since=\\d+", "since=0"));
        require(instances(changed).size() == 50, "changes bring the rows");
        return changed.body.length;
    }

    private Weight weigh(String name, String path) throws Exception {
        Page page = good(path);
        var assets = new LinkedHashSet<URI>();
        for (Pattern kind : List.of(ASSET, FETCHED)) {
            var found = kind.matcher(page.text);
            while (found.find()) {
                String link = found.group(1);
                if (!link.startsWith("#")) {
                    assets.add(
                            URI.create(
                                    page.at
                                            .resolve(link.replace("&amp;", "&"))
                                            .toString()
                                            .replaceAll("#.*", "")));
                }
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
        System.out.printf(
                "  %-12s cold %6d B in %d, warm %6d B in %d%n",
                name, cold, assets.size() + 1, warm, again);
        return new Weight(cold, assets.size() + 1, warm, again);
    }

    private long told(String calls) throws Exception {
        return Long.parseLong(good(calls).text.strip());
    }

    /**
     * Visits the pages that lead to one another from the overview, three of each kind, and what
     * they ask for by themselves, while nobody else asks the cloud anything. The console log alone
     * is asked of the cloud when it is looked at.
     */
    private void upstream(String home, String calls, long before) throws Exception {
        long signedIn = told(calls);
        require(signedIn > before, "the cloud counts calls: signing in makes some");
        var visited = new LinkedHashMap<String, Integer>();
        var waiting = new ArrayDeque<>(List.of(home));
        var known = new LinkedHashSet<>(List.of(home));
        int views = 0;
        while (!waiting.isEmpty()) {
            String path = waiting.poll();
            Page page = get(path);
            require(page.status < 400, path + " answered " + page.status);
            views++;
            var links = LINK.matcher(page.text);
            while (links.find()) {
                String link = links.group(1).replace("&amp;", "&").replaceAll("#.*", "");
                String kind =
                        link.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "*").replaceAll("\\?.*", "?");
                if (link.startsWith(home)
                        && !link.endsWith("/log")
                        && known.add(link)
                        && visited.merge(kind, 1, Integer::sum) <= 6) {
                    waiting.add(link);
                }
            }
        }
        require(views >= 40, "at least forty pages were seen, not " + views);
        System.out.printf("  %d views of %d kinds of pages%n", views, visited.size());
        figure("upstream-calls", told(calls) - signedIn, "calls");
    }

    /** The collector writes in batches, so that the whole list has to be read to know. */
    private void await(String home, int wanted) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (walkList(home, new ArrayList<>()).size() < wanted) {
            require(System.nanoTime() < end, "the inventory filled up within five minutes");
            Thread.sleep(2_000);
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
                                            "/instances?sort=name",
                                            "/audit");
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

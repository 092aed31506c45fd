package dev.stackwright.web.frame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The static files, each under an address that holds the hash of its content, so that browsers may
 * keep it for ever. The stylesheet is collected from {@code static/css}, where the name of a file
 * begins with its layer; the script is htmx followed by {@code static/js/behaviors}, each file in a
 * scope of its own. Everything is packed once, when first asked for.
 */
@Component
public class Assets {

    /** One file as it goes over the wire. */
    record Asset(String url, String type, byte[] plain, byte[] packed) {}

    static final String PREFIX = "/assets/";

    private static final String STYLESHEET = "app.css";
    private static final String SCRIPT = "app.js";

    /** The one library file that only some pages ask for. */
    public static final String CHARTS = "webjars/chart.js/dist/chart.umd.min.js";

    /** Order of the layers in the stylesheet; it decides who wins, not specificity. */
    private static final List<String> LAYERS =
            List.of("reset", "tokens", "base", "layout", "components", "utilities");

    private static final Map<String, String> TYPES =
            Map.of(
                    "css", "text/css;charset=UTF-8",
                    "js", "text/javascript;charset=UTF-8",
                    "svg", "image/svg+xml",
                    "png", "image/png",
                    "ico", "image/x-icon",
                    "txt", "text/plain;charset=UTF-8");

    private final PathMatchingResourcePatternResolver resolver =
            new PathMatchingResourcePatternResolver();
    private final Map<String, Asset> byFile = new ConcurrentHashMap<>();
    private final Map<String, Asset> byUrl = new ConcurrentHashMap<>();

    /**
     * The address of a file: {@code app.css}, {@code app.js}, a path below {@code static/} such as
     * {@code icons.svg}, or {@code webjars/chart.js/dist/chart.umd.min.js} without the version.
     */
    public String url(String file) {
        return byFile.computeIfAbsent(file, this::load).url();
    }

    @Nullable Asset find(String url) {
        Asset known = byUrl.get(url);
        if (known == null) {
            // A page made by another replica, or before a restart, may ask first.
            everything().forEach(this::url);
            known = byUrl.get(url);
        }
        return known;
    }

    private List<String> everything() {
        try {
            List<String> files = new ArrayList<>(List.of(STYLESHEET, SCRIPT, CHARTS));
            for (Resource file : resolver.getResources("classpath*:static/*.*")) {
                files.add(Objects.requireNonNull(file.getFilename()));
            }
            for (Resource file : resolver.getResources("classpath*:static/vendor/*.*")) {
                files.add("vendor/" + file.getFilename());
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("The static files cannot be listed", e);
        }
    }

    private Asset load(String file) {
        try {
            byte[] bytes =
                    switch (file) {
                        case STYLESHEET -> stylesheet();
                        case SCRIPT -> script();
                        default -> content(file);
                    };
            String name = file.substring(file.lastIndexOf('/') + 1);
            int dot = name.lastIndexOf('.');
            String url = PREFIX + name.substring(0, dot) + "-" + hash(bytes) + name.substring(dot);
            Asset asset =
                    new Asset(
                            url,
                            TYPES.getOrDefault(name.substring(dot + 1), "application/octet-stream"),
                            bytes,
                            packed(bytes));
            byUrl.put(url, asset);
            return asset;
        } catch (IOException e) {
            throw new UncheckedIOException("The static file " + file + " cannot be read", e);
        }
    }

    private byte[] content(String file) throws IOException {
        String pattern =
                file.startsWith("webjars/")
                        ? "classpath*:META-INF/resources/"
                                + file.replaceFirst("^(webjars/[^/]+)/", "$1/*/")
                        : "classpath:static/" + file;
        Resource[] found = resolver.getResources(pattern);
        if (found.length == 0 || !found[0].exists()) {
            throw new IOException("no such file: " + pattern);
        }
        return found[0].getContentAsByteArray();
    }

    private byte[] stylesheet() throws IOException {
        StringBuilder css =
                new StringBuilder("@layer ").append(String.join(",", LAYERS)).append(";\n");
        List<Resource> files = files("classpath*:static/css/*.css");
        for (String layer : LAYERS) {
            for (Resource file : files) {
                String name = Objects.requireNonNull(file.getFilename());
                if (name.equals(layer + ".css") || name.startsWith(layer + "-")) {
                    css.append("@layer ")
                            .append(layer)
                            .append("{\n")
                            .append(tightened(text(file)))
                            .append("}\n");
                }
            }
        }
        return css.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] script() throws IOException {
        StringBuilder js = new StringBuilder();
        js.append(new String(content("webjars/htmx.org/dist/htmx.min.js"), StandardCharsets.UTF_8));
        for (Resource file : files("classpath*:static/js/behaviors/*.js")) {
            js.append("\n;(() => {\n'use strict';\n").append(text(file)).append("})();\n");
        }
        return js.toString().getBytes(StandardCharsets.UTF_8);
    }

    private List<Resource> files(String pattern) throws IOException {
        return Arrays.stream(resolver.getResources(pattern))
                .sorted(Comparator.comparing(r -> Objects.requireNonNull(r.getFilename())))
                .toList();
    }

    private static String text(Resource file) throws IOException {
        return file.getContentAsString(StandardCharsets.UTF_8);
    }

    /** Without comments and indentation; strings hold neither in our own files. */
    private static String tightened(String css) {
        return css.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("\\s*\\n\\s*", "\n").strip() + "\n";
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip =
                new GZIPOutputStream(out) {
                    {
                        def.setLevel(Deflater.BEST_COMPRESSION);
                    }
                }) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}

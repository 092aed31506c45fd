package dev.stackwright.stack;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.catalog.SiteTypes;
import dev.stackwright.template.Extension;
import dev.stackwright.template.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What templates may be and say.
 *
 * @param bytes the longest text
 * @param resources how many resources a stack may have, those of nested templates too
 * @param nesting how deep templates may use templates as types
 * @param extensions what templates may say although Heat does not know it
 * @param types a folder with the site's own resource types, *.json; see docs/add-a-resource-type.md
 */
@ConfigurationProperties("stackwright.template")
public record TemplateSettings(
        @DefaultValue("524288") int bytes,
        @DefaultValue("1000") int resources,
        @DefaultValue("5") int nesting,
        @DefaultValue({
                    "SUB",
                    "CIDR",
                    "IMPORT_VALUE",
                    "NO_VALUE",
                    "AMAZON_SECTIONS",
                    "KNOWN_NETWORKS"
                })
                Set<Extension> extensions,
        @Nullable Path types) {

    /** Heat's limits, and everything that goes beyond Heat. */
    public static final TemplateSettings DEFAULT =
            new TemplateSettings(524_288, 1_000, 5, Extension.ALL, null);

    public TemplateSettings {
        if (bytes < 1_024 || resources < 1 || nesting < 0) {
            throw new IllegalArgumentException(
                    "stackwright.template needs bytes of at least 1024, resources of at least 1 and"
                            + " nesting of at least 0");
        }
        extensions = Set.copyOf(extensions);
    }

    public Limits limits() {
        return Limits.DEFAULT
                .withBytes(bytes)
                .withResources(resources)
                .withNesting(nesting)
                .with(extensions);
    }

    /** The built-in types and the site's own. */
    public SiteTypes siteTypes() {
        return SiteTypes.read(types == null ? new TreeMap<>() : texts(types));
    }

    public Catalog catalog() {
        return Catalog.builtIn().with(siteTypes().types());
    }

    private static TreeMap<String, String> texts(Path folder) {
        var texts = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                texts.put(
                        file.getFileName().toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The folder %s of stackwright.template.types cannot be read".formatted(folder),
                    e);
        }
    }
}

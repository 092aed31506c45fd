package dev.stackwright.web.editor;

import dev.stackwright.template.TemplateReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The small library of templates under {@code resources/starters}. The first line of each is a
 * comment with its title; its description is the template's own.
 */
@Component
public class Starters {

    private final List<Starter> all;

    public Starters() {
        try {
            Resource[] files =
                    new PathMatchingResourcePatternResolver()
                            .getResources("classpath:starters/*.yaml");
            all =
                    Arrays.stream(files)
                            .map(Starters::read)
                            .sorted(Comparator.comparingInt(s -> s.text().length()))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The starters cannot be listed", e);
        }
    }

    private static Starter read(Resource file) {
        try {
            String text = file.getContentAsString(StandardCharsets.UTF_8);
            String name = Objects.requireNonNull(file.getFilename()).replace(".yaml", "");
            String title = text.lines().findFirst().orElse(name).replaceFirst("^#\\s*", "");
            String description =
                    TemplateReader.read(text)
                            .template()
                            .map(template -> template.description().strip())
                            .orElse("");
            return new Starter(name, title, description, text);
        } catch (IOException e) {
            throw new UncheckedIOException("The starter " + file + " cannot be read", e);
        }
    }

    /** The shortest first. */
    public List<Starter> all() {
        return all;
    }

    public Optional<Starter> find(String name) {
        return all.stream().filter(starter -> starter.name().equals(name)).findFirst();
    }
}

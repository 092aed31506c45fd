package dev.stackwright.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TemplatesTest {

    private static final Pattern ELEMENT = Pattern.compile("<[a-zA-Z:]+\\s[^<>]*>");
    private static final Pattern CONDITION = Pattern.compile("\\sth:(if|unless)=");

    /** Thymeleaf replaces before it asks: the condition would never be looked at. */
    @Test
    void noElementIsReplacedUnderAConditionOfItsOwn() throws Exception {
        try (var files = Files.walk(Path.of("src/main/resources/templates"))) {
            for (var file : files.filter(each -> each.toString().endsWith(".html")).toList()) {
                assertThat(ELEMENT.matcher(Files.readString(file)).results())
                        .as(file.toString())
                        .noneMatch(element ->
                                element.group().contains("th:replace=")
                                        && CONDITION.matcher(element.group()).find());
            }
        }
    }
}

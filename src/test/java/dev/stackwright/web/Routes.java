package dev.stackwright.web;

import dev.stackwright.App;
import dev.stackwright.demo.DemoCloud;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every address that the application answers, with something put into its variables. */
final class Routes {

    /** Something that is nowhere. */
    private static final String NOBODYS = UUID.randomUUID().toString();

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)(:[^}]*)?}");

    private static final Pattern PANEL = Pattern.compile("\\{panel:([^}]*)}");

    private Routes() {}

    record Route(HttpMethod method, String pattern, HandlerMethod handler) {

        boolean ofProject() {
            return pattern.startsWith("/c/{cloud}/p/{project}");
        }

        boolean ofAdministrators() {
            return pattern.startsWith("/c/{cloud}/admin");
        }

        /** Whether it needs something that exists, besides the project. */
        boolean ofThing() {
            return pattern.replace("/c/{cloud}", "").replace("/p/{project}", "").contains("{");
        }

        /**
         * Whether {@link #path} finds the thing that it needs.
         *
         * @param things ids by what stands before them in the address, {@code instances}
         */
        boolean ofOneOf(Map<String, String> things) {
            return things.keySet().stream().anyMatch(kind -> pattern.contains(kind + "/{id}"));
        }

        /** Whether only some kinds of things have it: nobody deletes a flavor or a port here. */
        boolean ofSomeKinds() {
            return pattern.contains("{deed:delete")
                    && Stream.of("volumes", "images", "floating-ips", "security-groups", "keypairs")
                            .noneMatch(kind -> pattern.contains(kind + "/{id}"));
        }

        String path(String project, Map<String, String> things) {
            Map<String, String> known =
                    Map.of(
                            "cloud",
                            "demo",
                            "project",
                            DemoCloud.projectId(project),
                            "id",
                            things.entrySet().stream()
                                    .filter(thing -> pattern.contains(thing.getKey() + "/{id}"))
                                    .map(Map.Entry::getValue)
                                    .findFirst()
                                    .orElse(NOBODYS),
                            "deed",
                            pattern.contains("{panel") || pattern.contains("{deed:delete")
                                    ? "delete"
                                    : "stop",
                            "form",
                            "snapshot",
                            "kind",
                            "drain");
            String path =
                    VARIABLE.matcher(pattern)
                            .replaceAll(v -> known.getOrDefault(v.group(1), NOBODYS));
            return pattern.contains("/samples") ? path + "?meter=memory" : path;
        }

        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }

    static List<Route> all(App app) {
        return app
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .entrySet()
                .stream()
                .flatMap(mapping ->
                        mapping.getKey().getPatternValues().stream()
                                .flatMap(Routes::eachPanel)
                                .flatMap(pattern ->
                                        methods(
                                                        mapping
                                                                .getKey()
                                                                .getMethodsCondition()
                                                                .getMethods()
                                                                .stream())
                                                .map(method ->
                                                        new Route(
                                                                method,
                                                                pattern,
                                                                mapping.getValue()))))
                .filter(route -> !route.pattern().equals("/error"))
                .sorted(java.util.Comparator.comparing(Route::toString))
                .distinct()
                .toList();
    }

    /** A pattern that stands for the pages of many kinds, once for each of them. */
    private static Stream<String> eachPanel(String pattern) {
        var panel = PANEL.matcher(pattern);
        return panel.find()
                ? Stream.of(panel.group(1).split("\\|"))
                        .map(one -> pattern.replace(panel.group(), one))
                : Stream.of(pattern);
    }

    private static Stream<HttpMethod> methods(Stream<RequestMethod> methods) {
        return methods.map(RequestMethod::asHttpMethod);
    }

    static List<Route> gets(App app) {
        return all(app).stream().filter(route -> route.method() == HttpMethod.GET).toList();
    }

    static List<Route> posts(App app) {
        return all(app).stream().filter(route -> route.method() == HttpMethod.POST).toList();
    }
}

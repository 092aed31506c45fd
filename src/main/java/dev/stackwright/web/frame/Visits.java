package dev.stackwright.web.frame;

import dev.stackwright.access.Membership;
import dev.stackwright.access.Person;
import dev.stackwright.access.Sessions;
import dev.stackwright.kernel.ProjectId;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.UriUtils;
import org.springframework.web.util.WebUtils;

/** Makes the visit of a request out of who is signed in and what the URL says. */
@Component
public class Visits {

    static final String THEME_COOKIE = "stackwright-theme";
    static final String ZONE_COOKIE = "stackwright-zone";

    private static final Pattern PROJECT_PATH =
            Pattern.compile("/c/(?<cloud>[^/]+)/p/(?<project>[^/]+)");
    private static final String ATTRIBUTE = Visits.class.getName();

    private final Clock clock;
    private final MessageSource messages;
    private final ObjectProvider<CloudLabels> labels;
    private final ObjectProvider<Sessions> sessions;

    Visits(
            Clock clock,
            MessageSource messages,
            ObjectProvider<CloudLabels> labels,
            ObjectProvider<Sessions> sessions) {
        this.clock = clock;
        this.messages = messages;
        this.labels = labels;
        this.sessions = sessions;
    }

    /** Who is signed in. */
    public static Optional<Person> person() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Person person
                ? Optional.of(person)
                : Optional.empty();
    }

    /** The visit, or nothing when nobody is signed in or the page is not theirs to see. */
    public Optional<Visit> visit(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Visit known) {
            return Optional.of(known);
        }
        Optional<Visit> made = person().flatMap(p -> visit(request, p));
        made.ifPresent(v -> request.setAttribute(ATTRIBUTE, v));
        return made;
    }

    /** For pages about what went wrong: the visit, or one of the person's first project. */
    Optional<Visit> anyVisit(HttpServletRequest request) {
        return visit(request)
                .or(() -> person().flatMap(p -> home(p, false).flatMap(m -> made(request, p, m))));
    }

    private Optional<Visit> visit(HttpServletRequest request, Person person) {
        String cloud = variable(request, "cloud");
        if (cloud != null && !cloud.equals(person.cloud().value())) {
            return Optional.empty();
        }
        String project = variable(request, "project");
        Optional<Membership> membership =
                project == null || project.isBlank()
                        ? home(person, isAdministrators(request))
                        : person.membership(new ProjectId(project));
        return membership.flatMap(m -> made(request, person, m));
    }

    private Optional<Visit> made(HttpServletRequest request, Person known, Membership m) {
        Sessions signedIn = sessions.getIfAvailable();
        Optional<Person> entered =
                signedIn == null ? Optional.of(known) : signedIn.enter(known, m.project());
        return entered.flatMap(person -> made(request, person, m.project(), signedIn));
    }

    private Optional<Visit> made(
            HttpServletRequest request,
            Person person,
            ProjectId project,
            @Nullable Sessions signedIn) {
        return person.viewer(project)
                .map(viewer ->
                        new Visit(
                                person,
                                person.membership(project).orElseThrow(),
                                viewer,
                                label(person),
                                here(request),
                                format(request),
                                signedIn));
    }

    /** Pages above the projects are seen from one where the person has the role for them. */
    private static Optional<Membership> home(Person person, boolean administrators) {
        return person.memberships().stream()
                .filter(m -> !administrators || m.roles().contains("admin"))
                .findFirst();
    }

    private static boolean isAdministrators(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern != null && pattern.toString().startsWith("/c/{cloud}/admin");
    }

    private String label(Person person) {
        CloudLabels known = labels.getIfAvailable();
        return known == null ? person.cloud().value() : known.label(person.cloud());
    }

    /** Also of addresses that no controller claims, so that their error page has its frame. */
    private static @Nullable String variable(HttpServletRequest request, String name) {
        String known = claimed(request, name);
        if (known != null) {
            return known;
        }
        Matcher path = PROJECT_PATH.matcher(here(request).path());
        try {
            return path.lookingAt()
                    ? UriUtils.decode(path.group(name), StandardCharsets.UTF_8)
                    : null;
        } catch (IllegalArgumentException broken) {
            return null;
        }
    }

    private static @Nullable String claimed(HttpServletRequest request, String name) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                                instanceof Map<?, ?> variables
                        && variables.get(name) instanceof String value
                ? value
                : null;
    }

    static Address here(HttpServletRequest request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (request.getMethod().equals("GET")) {
            Enumeration<String> names = request.getParameterNames();
            while (names.hasMoreElements()) {
                String name = names.nextElement();
                String value = request.getParameter(name);
                if (value != null && !value.isEmpty()) {
                    parameters.put(name, value);
                }
            }
        }
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = failed == null ? request.getRequestURI() : failed.toString();
        return new Address(path, parameters);
    }

    Format format(HttpServletRequest request) {
        return new Format(zone(request), locale(), clock, messages);
    }

    /** The pages speak English; a language is added with its message files. */
    private static Locale locale() {
        return Locale.UK;
    }

    private static ZoneId zone(HttpServletRequest request) {
        String asked = cookie(request, ZONE_COOKIE);
        if (asked == null || asked.length() > 64) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(URLDecoder.decode(asked, StandardCharsets.UTF_8));
        } catch (DateTimeException | IllegalArgumentException unknown) {
            return ZoneOffset.UTC;
        }
    }

    public static @Nullable String theme(HttpServletRequest request) {
        String theme = cookie(request, THEME_COOKIE);
        return "light".equals(theme) || "dark".equals(theme) ? theme : null;
    }

    private static @Nullable String cookie(HttpServletRequest request, String name) {
        Cookie cookie = WebUtils.getCookie(request, name);
        return cookie == null ? null : cookie.getValue();
    }
}

package dev.stackwright.web.frame;

import dev.stackwright.access.Membership;
import dev.stackwright.access.Person;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.web.util.WebUtils;

/** Where somebody was last: kept by their browser, and where they land when they come back. */
public final class LastProject {

    private static final String COOKIE = "stackwright-project";

    private LastProject() {}

    static String of(HttpServletRequest request) {
        var cookie = WebUtils.getCookie(request, COOKIE);
        return cookie == null ? "" : cookie.getValue();
    }

    /** Notes it when it is another one than before. */
    public static void remember(
            Visit visit, HttpServletRequest request, HttpServletResponse response) {
        var project = visit.viewer().project().value();
        if (project.equals(of(request)) || !project.matches("[\\w-]{1,64}")) {
            return;
        }
        var cookie = new Cookie(COOKIE, project);
        cookie.setPath("/");
        cookie.setMaxAge((int) Duration.ofDays(365).toSeconds());
        cookie.setSecure(request.isSecure());
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
    }

    /** The one they were in last while it is still theirs, else their first. */
    public static Optional<Membership> home(Person person, HttpServletRequest request) {
        var last = of(request);
        return person.memberships().stream()
                .filter(membership -> membership.project().value().equals(last))
                .findFirst()
                .or(() -> person.memberships().stream().findFirst());
    }
}

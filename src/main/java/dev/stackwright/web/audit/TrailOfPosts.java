package dev.stackwright.web.audit;

import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Visits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Sees to it that no POST goes unrecorded: those that wrote nothing themselves are written down.
 */
class TrailOfPosts implements HandlerInterceptor {

    private final Trail trail;
    private final Visits visits;

    TrailOfPosts(Trail trail, Visits visits) {
        this.trail = trail;
        this.visits = visits;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request,
            HttpServletResponse response,
            Object handler,
            @Nullable Exception failure) {
        if (!request.getMethod().equals("POST")
                || !(handler instanceof HandlerMethod method)
                || method.hasMethodAnnotation(Unrecorded.class)
                || request.getAttribute(Trail.WRITTEN) != null) {
            return;
        }
        Optional<Visit> visit = visits.visit(request);
        if (visit.isEmpty()) {
            return;
        }
        int status = response.getStatus();
        Trail.Entry entry =
                trail.of(visit.get(), action(request))
                        .on("", "", request.getRequestURI())
                        .saying("Answered with HTTP " + status);
        if (failure != null || status >= 500) {
            entry.failed();
        } else if (status >= 400) {
            entry.refused();
        } else {
            entry.done();
        }
    }

    /** What the address says is done: {@code instances.reboot}. */
    private static String action(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return String.valueOf(pattern)
                .replaceFirst("^/c/\\{cloud}/(p/\\{project}/|admin/)?", "")
                .replaceAll("/?\\{[^}]*}", "")
                .replaceAll("^/|/$", "")
                .replace('/', '.');
    }

    /** Hangs it into Spring MVC. */
    @Configuration(proxyBeanMethods = false)
    static class Hook {

        @Bean
        WebMvcConfigurer trailOfPosts(Trail trail, Visits visits) {
            return new WebMvcConfigurer() {
                @Override
                public void addInterceptors(InterceptorRegistry registry) {
                    registry.addInterceptor(new TrailOfPosts(trail, visits));
                }
            };
        }
    }
}

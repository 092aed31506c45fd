package dev.stackwright.web.resources;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.inventory.OwnReadings;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.web.frame.LastProject;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Visits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What a cloud shows to a project's own people alone is read when one of them comes in, and now and
 * then while they stay: with their token, and beside the page, which waits for nothing.
 */
@Component
public class ProjectEntry {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectEntry.class);
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private final OwnReadings readings;
    private final Cache<Place, Boolean> read =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(AGAIN).build();

    /** A project, whoever comes in. */
    private record Place(CloudName cloud, ProjectId project) {}

    ProjectEntry(OwnReadings readings) {
        this.readings = readings;
    }

    /** Reads it unless that was done a moment ago; returns at once. */
    public void entered(Visit visit) {
        var place = new Place(visit.cloud(), visit.viewer().project());
        if (read.asMap().putIfAbsent(place, true) == null) {
            readAgain(visit);
        }
    }

    /** Reads it now, because something in there was changed; returns at once. */
    public void readAgain(Visit visit) {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        visit.as(os -> {
                            readings.read(visit.viewer(), os);
                            return true;
                        });
                    } catch (CloudFailure | IllegalArgumentException e) {
                        // A cloud that is away, or somebody who has just signed out.
                        LOG.info(
                                "Security groups of {}: {}",
                                visit.viewer().project(),
                                e.getMessage());
                    } catch (RuntimeException e) {
                        LOG.warn(
                                "The security groups of {} could not be kept; they are read again"
                                        + " when somebody comes in",
                                visit.viewer().project(),
                                e);
                    }
                });
    }

    /** Hangs it into Spring MVC. */
    @Configuration(proxyBeanMethods = false)
    static class Hook {

        @Bean
        WebMvcConfigurer projectEntries(ProjectEntry entry, Visits visits) {
            return new WebMvcConfigurer() {
                @Override
                public void addInterceptors(InterceptorRegistry registry) {
                    registry.addInterceptor(new AtTheDoor(entry, visits))
                            .addPathPatterns("/c/*/p/**");
                }
            };
        }
    }

    private record AtTheDoor(ProjectEntry entry, Visits visits) implements HandlerInterceptor {

        @Override
        public boolean preHandle(
                HttpServletRequest request, HttpServletResponse response, Object handler) {
            visits.visit(request)
                    .ifPresent(visit -> LastProject.remember(visit, request, response));
            return true;
        }

        @Override
        public void afterCompletion(
                HttpServletRequest request,
                HttpServletResponse response,
                Object handler,
                @Nullable Exception failure) {
            if (failure == null && response.getStatus() < 400) {
                visits.visit(request).ifPresent(entry::entered);
            }
        }
    }
}

package preview;

import dev.stackwright.access.Membership;
import dev.stackwright.access.Person;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.web.frame.Age;
import dev.stackwright.web.frame.AgeOfData;
import dev.stackwright.web.frame.CloudLabels;
import dev.stackwright.web.frame.NavigationItem;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The frame alone, without database, cloud or sign-in, to look at pages while they are made: {@code
 * /parts} shows every part. Whoever asks is Alice, in the project shop.
 */
@SpringBootConfiguration
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ThymeleafAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class
})
@ComponentScan(
        value = {"dev.stackwright.web.frame", "preview"},
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = ".*(InventoryAge|KnownClouds)"))
class FramePreview {

    public static void main(String[] args) {
        SpringApplication.run(FramePreview.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    AgeOfData age() {
        return cloud -> new Age(false, Words.of("frame.age.live", "2 s"));
    }

    @Bean
    CloudLabels labels() {
        return new CloudLabels() {
            @Override
            public String label(CloudName cloud) {
                return "north-1";
            }

            @Override
            public boolean isDemo(CloudName cloud) {
                return true;
            }
        };
    }

    @Bean
    NavigationItem overview() {
        return item(NavigationItem.Group.HOME, "frame.main", "home", "", null);
    }

    @Bean
    NavigationItem stacks() {
        return item(
                NavigationItem.Group.ORCHESTRATE,
                "frame.group.orchestrate",
                "stack",
                "stacks",
                NavigationItem.Mark.of(6));
    }

    @Bean
    NavigationItem hosts() {
        return item(
                NavigationItem.Group.CLOUD,
                "frame.group.cloud",
                "host",
                "hosts",
                new NavigationItem.Mark(1, true));
    }

    private static NavigationItem item(
            NavigationItem.Group group,
            String label,
            String icon,
            String path,
            NavigationItem.Mark mark) {
        return new NavigationItem() {
            @Override
            public Group group() {
                return group;
            }

            @Override
            public int order() {
                return 1;
            }

            @Override
            public String label() {
                return label;
            }

            @Override
            public String icon() {
                return icon;
            }

            @Override
            public String path() {
                return path;
            }

            @Override
            public Optional<Mark> mark(Visit visit) {
                return Optional.ofNullable(mark);
            }
        };
    }

    /** Lets everybody be Alice. */
    @Component
    static class EverybodyIsAlice extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            var now = Clock.systemUTC().instant();
            var alice =
                    new Person(
                            UUID.randomUUID(),
                            new CloudName("north"),
                            new UserId("u-1"),
                            "alice",
                            "Default",
                            now,
                            now.plus(Duration.ofHours(1)),
                            List.of(
                                    new Membership(
                                            new ProjectId("p-1"),
                                            "shop",
                                            Set.of("member", "admin")),
                                    new Membership(
                                            new ProjectId("p-2"),
                                            "<img src=x onerror=alert(1)> with a very long name",
                                            Set.of("reader"))));
            SecurityContextHolder.getContext()
                    .setAuthentication(
                            UsernamePasswordAuthenticationToken.authenticated(
                                    alice, "", List.of()));
            try {
                chain.doFilter(request, response);
            } finally {
                SecurityContextHolder.clearContext();
            }
        }
    }
}

package dev.stackwright.web.security;

import jakarta.servlet.DispatcherType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who gets through the door, and what every answer carries. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String SIGNALS = "/signals/**";

    @Bean
    SecurityFilterChain door(HttpSecurity http, PersonContexts contexts, WebSettings settings) {
        Doorkeeper doorkeeper = new Doorkeeper();
        return http.authorizeHttpRequests(requests ->
                        requests.dispatcherTypeMatchers(
                                        DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers(HttpMethod.GET, "/assets/*")
                                .permitAll()
                                .requestMatchers("/favicon.ico", "/sign-in", "/theme", "/error")
                                .permitAll()
                                // The address itself is the proof; no form of a page goes there.
                                .requestMatchers(SIGNALS)
                                .permitAll()
                                .requestMatchers("/actuator/health", "/actuator/health/*")
                                .permitAll()
                                .requestMatchers("/actuator/prometheus")
                                .access(scrapers(settings.scrapeToken()))
                                .requestMatchers("/actuator", "/actuator/**")
                                .hasAuthority(PersonToken.ADMINISTRATOR)
                                .anyRequest()
                                .authenticated())
                .securityContext(context -> context.securityContextRepository(contexts))
                .csrf(csrf ->
                        csrf.csrfTokenRepository(new HttpSessionCsrfTokenRepository())
                                .ignoringRequestMatchers(SIGNALS))
                .exceptionHandling(failures ->
                        failures.authenticationEntryPoint(doorkeeper)
                                .accessDeniedHandler(doorkeeper))
                .headers(headers ->
                        headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                                .permissionsPolicyHeader(policy ->
                                        policy.policy(
                                                "camera=(), geolocation=(),"
                                                        + " microphone=(), usb=(),"
                                                        + " payment=()"))
                                .crossOriginOpenerPolicy(policy ->
                                        policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                                .addHeaderWriter(new AnswerHeaders()))
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(anonymous -> {})
                .sessionManagement(AbstractHttpConfigurer::disable)
                .build();
    }

    /** There are no users but Keystone's; without this Spring Boot would make one up. */
    @Bean
    UserDetailsService nobody() {
        return new InMemoryUserDetailsManager();
    }

    private static AuthorizationManager<RequestAuthorizationContext> scrapers(
            @Nullable String token) {
        return (authentication, context) -> {
            String given = context.getRequest().getHeader(HttpHeaders.AUTHORIZATION);
            if (token != null && given != null && isSame("Bearer " + token, given)) {
                return new AuthorizationDecision(true);
            }
            return new AuthorizationDecision(
                    authentication.get() != null
                            && authentication.get().getAuthorities().stream()
                                    .anyMatch(a ->
                                            PersonToken.ADMINISTRATOR.equals(a.getAuthority())));
        };
    }

    private static boolean isSame(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}

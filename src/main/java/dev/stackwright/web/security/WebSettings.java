package dev.stackwright.web.security;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the door needs to know.
 *
 * @param scrapeToken with {@code Authorization: Bearer} and this, a monitoring system reads {@code
 *     /actuator/prometheus}; without it only administrators do
 */
@ConfigurationProperties("stackwright.web")
public record WebSettings(@Nullable String scrapeToken) {

    private static final int SHORTEST = 16;

    public WebSettings {
        if (scrapeToken != null && scrapeToken.isBlank()) {
            scrapeToken = null;
        }
        if (scrapeToken != null && scrapeToken.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "stackwright.web.scrape-token is a secret of at least 16 characters");
        }
    }

    @Override
    public String toString() {
        return "WebSettings[scrapeToken=" + (scrapeToken == null ? "none" : "***") + "]";
    }
}

package dev.stackwright.cloud;

import dev.stackwright.kernel.CloudName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a cloud.
 *
 * @param authUrl Keystone's address, with or without {@code /v3}
 * @param facing which of a service's addresses to use: public, internal or admin
 * @param overrides addresses that win over the catalog's, by catalog type
 * @param service who collects for everybody
 */
public record CloudDefinition(
        CloudName name,
        String label,
        String authUrl,
        @Nullable String region,
        String facing,
        Map<String, String> overrides,
        Tls tls,
        @Nullable SignIn service,
        boolean demo) {

    public CloudDefinition {
        overrides = Map.copyOf(overrides);
    }

    /** Who signs in, and for what. */
    public record SignIn(Credentials credentials, Scope scope) {}

    /**
     * Whom to believe.
     *
     * @param verify false accepts any certificate at all
     * @param authorities a file of further certificate authorities, in PEM
     * @param certificate with {@code key}: how we show who we are, in PEM
     */
    public record Tls(
            boolean verify,
            @Nullable String authorities,
            @Nullable String certificate,
            @Nullable String key) {

        public static final Tls STANDARD = new Tls(true, null, null, null);
    }

    /** A cloud at an address, with everything else as usual. */
    public static CloudDefinition at(CloudName name, String authUrl) {
        return new CloudDefinition(
                name, name.value(), authUrl, null, "public", Map.of(), Tls.STANDARD, null, false);
    }

    public CloudDefinition withService(Credentials credentials, Scope scope) {
        return new CloudDefinition(
                name,
                label,
                authUrl,
                region,
                facing,
                overrides,
                tls,
                new SignIn(credentials, scope),
                demo);
    }

    public CloudDefinition asDemo(String label) {
        return new CloudDefinition(
                name, label, authUrl, region, facing, overrides, tls, service, true);
    }
}

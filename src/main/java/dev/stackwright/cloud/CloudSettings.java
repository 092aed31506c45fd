package dev.stackwright.cloud;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Which clouds there are, and how patient we are with them.
 *
 * @param clouds entries of {@code clouds.yaml} to offer; without any, the one that {@code OS_CLOUD}
 *     names
 * @param connectTimeout how long a connection may take to come about
 * @param readTimeout how long a call may take from its beginning to its last byte, with all its
 *     attempts
 * @param signInTimeout the same for what somebody waits for who signs in
 * @param maxAnswer the longest answer that is read
 * @param attempts how often a read is tried before it fails
 */
@ConfigurationProperties("stackwright.cloud")
public record CloudSettings(
        @DefaultValue List<Entry> clouds,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("60s") Duration readTimeout,
        @DefaultValue("8s") Duration signInTimeout,
        @DefaultValue("48MB") DataSize maxAnswer,
        @DefaultValue("3") int attempts) {

    public static final CloudSettings STANDARD =
            new CloudSettings(
                    List.of(),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(8),
                    DataSize.ofMegabytes(48),
                    3);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    public CloudSettings {
        clouds = List.copyOf(clouds);
        require(connectTimeout.isPositive(), "stackwright.cloud.connect-timeout is above zero");
        require(readTimeout.isPositive(), "stackwright.cloud.read-timeout is above zero");
        require(signInTimeout.isPositive(), "stackwright.cloud.sign-in-timeout is above zero");
        require(
                maxAnswer.toBytes() >= 1 << 16 && maxAnswer.toBytes() <= 1 << 30,
                "stackwright.cloud.max-answer is between 64 KB and 1 GB");
        require(attempts >= 1 && attempts <= 10, "stackwright.cloud.attempts is from 1 to 10");
    }

    /**
     * One cloud to offer.
     *
     * @param name what stands in the URL; the entry's name when absent
     * @param entry which entry of {@code clouds.yaml} says how to reach it; the name when absent
     * @param region which of its regions; the entry's own when absent
     * @param serviceAccount the entry whose credentials the collector uses; the entry itself when
     *     absent
     * @param label what people call it; the name when absent
     */
    public record Entry(
            @Nullable String name,
            @Nullable String entry,
            @Nullable String region,
            @Nullable String serviceAccount,
            @Nullable String label) {

        public Entry {
            require(
                    name != null || entry != null,
                    "Each of stackwright.cloud.clouds has a name or an entry of clouds.yaml");
        }
    }

    static boolean fitsTheUrl(String name) {
        return NAME.matcher(name).matches();
    }

    CloudSettings withReadTimeout(Duration timeout) {
        return new CloudSettings(
                clouds, connectTimeout, timeout, signInTimeout, maxAnswer, attempts);
    }

    CloudSettings withSignInTimeout(Duration timeout) {
        return new CloudSettings(clouds, connectTimeout, readTimeout, timeout, maxAnswer, attempts);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ".");
        }
    }
}

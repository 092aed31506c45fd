package dev.stackwright.cloud;

import static dev.stackwright.cloud.CloudFailure.Kind.BAD_REQUEST;
import static dev.stackwright.cloud.CloudFailure.Kind.CONFLICT;
import static dev.stackwright.cloud.CloudFailure.Kind.FORBIDDEN;
import static dev.stackwright.cloud.CloudFailure.Kind.NOT_FOUND;
import static dev.stackwright.cloud.CloudFailure.Kind.NOT_OPENSTACK;
import static dev.stackwright.cloud.CloudFailure.Kind.OVER_QUOTA;
import static dev.stackwright.cloud.CloudFailure.Kind.RATE_LIMITED;
import static dev.stackwright.cloud.CloudFailure.Kind.SERVER_ERROR;
import static dev.stackwright.cloud.CloudFailure.Kind.TIMEOUT;
import static dev.stackwright.cloud.CloudFailure.Kind.UNAUTHORIZED;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the many shapes in which services say no: {@code {"itemNotFound": {...}}}, {@code
 * {"NeutronError": {...}}}, {@code {"errors": [...]}}, Glance's web pages.
 */
final class Faults {

    private static final int LONGEST_MESSAGE = 1000;
    private static final Pattern TAGS =
            Pattern.compile("<(title|head)>.*?</\\1>|<[^>]*>", Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("<h1>.*?</h1>", Pattern.DOTALL);
    private static final Pattern BREAKS = Pattern.compile("<br ?/?>");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\s]+");
    private static final Pattern QUOTA =
            Pattern.compile(
                    "quota exceeded|exceeded for quota|limitexceeded|maximum number of|exceeds"
                            + " allowed|over quota",
                    Pattern.CASE_INSENSITIVE);
    private static final List<String> MESSAGES =
            List.of("message", "detail", "faultstring", "description", "explanation", "title");

    private Faults() {}

    static CloudFailure from(JsonMapper json, Service service, Transport.Incoming answer) {
        var said = said(json, answer);
        return new CloudFailure(
                kind(service, answer, said),
                service,
                answer.status(),
                said.message(),
                answer.requestId().orElse(null),
                Transport.retryAfter(answer).orElse(null),
                null);
    }

    /**
     * What the service said.
     *
     * @param name the fault's own name, such as {@code OverQuota}
     * @param ours whether it looks like something that an OpenStack would say
     */
    record Said(String name, String message, boolean ours) {}

    static Said said(JsonMapper json, Transport.Incoming answer) {
        var text = new String(answer.body(), StandardCharsets.UTF_8);
        if (text.isBlank()) {
            return new Said("", "The service gave no reason.", answer.requestId().isPresent());
        }
        try {
            return fromJson(json.readTree(text));
        } catch (JacksonException _) {
            var words = TAGS.matcher(HEADING.matcher(text).replaceAll(" ")).replaceAll(" ");
            return new Said("", tidy(words), answer.requestId().isPresent());
        }
    }

    private static Said fromJson(JsonNode tree) {
        var errors = tree.path("errors");
        if (errors.isArray() && !errors.isEmpty()) {
            var first = errors.get(0);
            return new Said(
                    first.path("code").asString(""),
                    message(first).orElse("The service gave no reason."),
                    true);
        }
        for (var field : tree.properties()) {
            var fault = field.getValue();
            if (fault.isObject() && message(fault).isPresent()) {
                var name = fault.path("type").asString(field.getKey());
                return new Said(name, message(fault).orElseThrow(), true);
            }
            if (fault.isString() && field.getKey().endsWith("Error")) {
                return new Said(field.getKey(), tidy(fault.asString()), true);
            }
        }
        return message(tree)
                .map(message -> new Said("", message, true))
                .orElse(new Said("", "The service gave no reason.", false));
    }

    private static Optional<String> message(JsonNode fault) {
        return MESSAGES.stream()
                .map(fault::path)
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .filter(text -> !text.isBlank())
                .map(Faults::tidy)
                .findFirst();
    }

    private static String tidy(String text) {
        var line = UNSEEN.matcher(BREAKS.matcher(text).replaceAll(" ")).replaceAll(" ").strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }

    private static CloudFailure.Kind kind(
            @Nullable Service service, Transport.Incoming answer, Said said) {
        return switch (answer.status()) {
            case 401 -> UNAUTHORIZED;
            case 403 -> isQuota(said) ? OVER_QUOTA : FORBIDDEN;
            case 404, 410 -> NOT_FOUND;
            case 408 -> TIMEOUT;
            case 409 -> isQuota(said) ? OVER_QUOTA : CONFLICT;
            case 413 -> OVER_QUOTA;
            case 429 -> RATE_LIMITED;
            default -> {
                if (answer.status() >= 500) {
                    yield SERVER_ERROR;
                }
                if (answer.status() < 400) {
                    yield NOT_OPENSTACK;
                }
                yield isQuota(said) ? OVER_QUOTA : BAD_REQUEST;
            }
        };
    }

    private static boolean isQuota(Said said) {
        return said.name().toLowerCase(Locale.ROOT).contains("overquota")
                || QUOTA.matcher(said.message()).find();
    }
}

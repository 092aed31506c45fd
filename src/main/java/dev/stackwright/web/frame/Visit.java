package dev.stackwright.web.frame;

import dev.stackwright.access.Membership;
import dev.stackwright.access.Person;
import dev.stackwright.access.Sessions;
import dev.stackwright.cloud.OpenStack;
import dev.stackwright.cloud.Token;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.Viewer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * One request of a signed-in person within one project of one cloud, as the URL says. A controller
 * method takes it as an argument; when the URL's cloud or project is not the person's, or an
 * administrator's page is asked for by somebody else, the answer is 404 before the method runs.
 */
public final class Visit {

    private final Person person;
    private final Membership membership;
    private final Viewer viewer;
    private final String cloudLabel;
    private final Address here;
    private final Format format;
    private final @Nullable Sessions sessions;

    Visit(
            Person person,
            Membership membership,
            Viewer viewer,
            String cloudLabel,
            Address here,
            Format format,
            @Nullable Sessions sessions) {
        this.sessions = sessions;
        this.person = person;
        this.membership = membership;
        this.viewer = viewer;
        this.cloudLabel = cloudLabel;
        this.here = here;
        this.format = format;
    }

    /** With whose eyes everything on the page is read. */
    public Viewer viewer() {
        return viewer;
    }

    public Person person() {
        return person;
    }

    public CloudName cloud() {
        return viewer.cloud();
    }

    public String cloudLabel() {
        return cloudLabel;
    }

    public String projectName() {
        return membership.name();
    }

    /** Whether this person may change things here; a reader may only look. */
    public boolean mayChange() {
        return viewer.mayChange();
    }

    /** This page with its query. */
    public Address here() {
        return here;
    }

    public Format format() {
        return format;
    }

    /** The person's own token for this project. */
    public Token token() {
        return sessions().token(person.signIn(), viewer.project());
    }

    /**
     * Does something in the cloud as this person, so that the cloud's own policy decides. Throws
     * {@code CloudFailure} when the cloud says no.
     */
    public <T> T as(Function<OpenStack, T> work) {
        return sessions().as(person.signIn(), viewer.project(), work);
    }

    private Sessions sessions() {
        if (sessions == null) {
            throw new IllegalStateException("Nobody can sign in here");
        }
        return sessions;
    }

    /** The path of a page of this project: {@code path("stacks", id)}. */
    public String path(String... segments) {
        return join(projectPath(viewer.project()), segments);
    }

    /** The overview of another of this person's projects. */
    String projectPath(ProjectId project) {
        return "/c/" + encoded(cloud().value()) + "/p/" + encoded(project.value());
    }

    /** The path of an administrator's page of this cloud. */
    public String adminPath(String... segments) {
        return join("/c/" + encoded(cloud().value()) + "/admin", segments);
    }

    private static String join(String base, String... segments) {
        StringBuilder path = new StringBuilder(base);
        for (String segment : segments) {
            path.append('/').append(encoded(segment));
        }
        return path.toString();
    }

    private static String encoded(String segment) {
        return UriUtils.encodePathSegment(segment, StandardCharsets.UTF_8);
    }
}

package dev.stackwright.web.frame;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the content of a page. The navigation is worked out when it is drawn, so that
 * requests that draw no page do not pay for it.
 */
public final class Frame {

    /** A group of the navigation with its visible entries. */
    public record NavigationGroup(@Nullable String title, List<Entry> entries) {}

    /** One link of the navigation as this visit sees it. */
    public record Entry(
            String label,
            String icon,
            String href,
            boolean current,
            NavigationItem.@Nullable Mark mark) {}

    /** A project that the visitor may switch to. */
    public record ProjectChoice(String cloud, String name, String href, boolean current) {}

    private final @Nullable Visit visit;
    private final Assets assets;
    private final @Nullable String theme;
    private final Address here;
    private final Supplier<List<NavigationGroup>> navigation;
    private final Supplier<@Nullable Age> age;
    private final boolean demo;
    private final @Nullable Flash flash;
    private final Supplier<@Nullable String> nonce;

    Frame(
            @Nullable Visit visit,
            Assets assets,
            @Nullable String theme,
            Address here,
            Supplier<List<NavigationGroup>> navigation,
            Supplier<@Nullable Age> age,
            boolean demo,
            @Nullable Flash flash,
            Supplier<@Nullable String> nonce) {
        this.visit = visit;
        this.assets = assets;
        this.theme = theme;
        this.here = here;
        this.navigation = navigation;
        this.age = age;
        this.demo = demo;
        this.flash = flash;
        this.nonce = nonce;
    }

    /** Null on pages outside of a project, such as the sign-in page. */
    public @Nullable Visit visit() {
        return visit;
    }

    /** "light" or "dark" when the person chose one, else the system decides. */
    public @Nullable String theme() {
        return theme;
    }

    /** Where the person is, to come back to after a change of theme. */
    public String path() {
        return here.toString();
    }

    /** The address of this page. */
    public Address here() {
        return here;
    }

    public List<NavigationGroup> navigation() {
        return navigation.get();
    }

    public @Nullable Age age() {
        return age.get();
    }

    public boolean demo() {
        return demo;
    }

    public @Nullable Flash flash() {
        return flash;
    }

    /** For pages whose script adds a style of its own (the editor), else null. */
    public @Nullable String nonce() {
        return nonce.get();
    }

    /** The address of a static file with its content's hash in it. */
    public String asset(String file) {
        return assets.url(file);
    }

    public List<ProjectChoice> projects() {
        if (visit == null) {
            return List.of();
        }
        return visit.person().memberships().stream()
                .map(m ->
                        new ProjectChoice(
                                visit.cloudLabel(),
                                m.name(),
                                visit.projectPath(m.project()),
                                m.project().equals(visit.viewer().project())))
                .toList();
    }

    /** Two letters for the person, when they have no picture. */
    public String initials() {
        if (visit == null) {
            return "";
        }
        String[] parts = visit.person().name().strip().split("[\\s._@-]+");
        StringBuilder letters = new StringBuilder();
        for (String part : parts) {
            if (!part.isEmpty() && letters.codePointCount(0, letters.length()) < 2) {
                letters.appendCodePoint(Character.toUpperCase(part.codePointAt(0)));
            }
        }
        return letters.toString();
    }
}

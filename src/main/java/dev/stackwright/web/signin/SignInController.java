package dev.stackwright.web.signin;

import dev.stackwright.access.AccessSettings;
import dev.stackwright.access.Person;
import dev.stackwright.access.Sessions;
import dev.stackwright.access.SignInOutcome;
import dev.stackwright.access.SignInOutcome.CloudDown;
import dev.stackwright.access.SignInOutcome.MoreFactors;
import dev.stackwright.access.SignInOutcome.NoProject;
import dev.stackwright.access.SignInOutcome.NotOpenStack;
import dev.stackwright.access.SignInOutcome.PasswordExpired;
import dev.stackwright.access.SignInOutcome.SignedIn;
import dev.stackwright.access.SignInOutcome.Throttled;
import dev.stackwright.access.SignInOutcome.UnknownCloud;
import dev.stackwright.access.SignInOutcome.UnknownDomain;
import dev.stackwright.access.SignInOutcome.WrongPassword;
import dev.stackwright.access.SignIns;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.web.audit.Trail;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.LastProject;
import dev.stackwright.web.frame.LocalPath;
import dev.stackwright.web.frame.Visits;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.security.PersonContexts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriUtils;

/** The door: Keystone's password in, a session out. */
@Controller
class SignInController {

    private static final int LONGEST = 255;

    private final SignIns signIns;
    private final Sessions sessions;
    private final Clouds clouds;
    private final AccessSettings settings;
    private final Trail trail;

    SignInController(
            SignIns signIns,
            Sessions sessions,
            Clouds clouds,
            AccessSettings settings,
            Trail trail) {
        this.trail = trail;
        this.signIns = signIns;
        this.sessions = sessions;
        this.clouds = clouds;
        this.settings = settings;
    }

    /** What was typed, but for the password. */
    private record Form(String cloud, String user, String domain, String to) {}

    /** The front page is the overview of the project where the person was last. */
    @GetMapping("/")
    String front(HttpServletRequest request) {
        return Visits.person().map(p -> "redirect:" + home(p, request)).orElse("redirect:/sign-in");
    }

    @GetMapping("/sign-in")
    String ask(
            @RequestParam(defaultValue = "") String to,
            @RequestParam(required = false) @Nullable String ended,
            @RequestParam(required = false) @Nullable String out,
            Model model,
            HttpServletResponse response) {
        Words notice =
                out != null
                        ? Words.of("signin.out")
                        : ended != null ? Words.of("signin.ended") : null;
        return show(new Form("", "", "Default", to), null, notice, model, response);
    }

    @PostMapping("/sign-in")
    String signIn(
            @RequestParam(defaultValue = "") String cloud,
            @RequestParam(defaultValue = "") String user,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "Default") String domain,
            @RequestParam(defaultValue = "") String to,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        Form form = new Form(cloud, user.strip(), domain.strip(), to);
        if (form.user().isEmpty() || password.isEmpty() || form.domain().isEmpty()) {
            response.setStatus(422);
            return show(form, new Missing(password.isEmpty()), null, model, response);
        }
        if (form.user().length() > LONGEST || form.domain().length() > LONGEST) {
            response.setStatus(422);
            return show(form, new Problem(new WrongPassword()), null, model, response);
        }
        SignInOutcome outcome =
                signIns.signIn(
                        chosen(cloud),
                        form.domain(),
                        form.user(),
                        password,
                        request.getRemoteAddr());
        if (outcome instanceof SignedIn(Person person)) {
            Visits.person().ifPresent(before -> sessions.end(before.signIn()));
            PersonContexts.begin(request, person, (int) settings.idle().toSeconds());
            trail.of(person, "signin").saying(request.getRemoteAddr()).done();
            return "redirect:"
                    + (to.isEmpty() || to.equals("/") ? home(person, request) : LocalPath.of(to));
        }
        response.setStatus(status(outcome, response));
        return show(form, new Problem(outcome), null, model, response);
    }

    @PostMapping("/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        Visits.person()
                .ifPresent(person -> {
                    sessions.end(person.signIn());
                    trail.of(person, "signout").done();
                });
        PersonContexts.end(request);
        response.setHeader("Clear-Site-Data", "\"cache\"");
        return "redirect:/sign-in?out";
    }

    private static String home(Person person, HttpServletRequest request) {
        return LastProject.home(person, request)
                .map(m ->
                        "/c/"
                                + segment(person.cloud().value())
                                + "/p/"
                                + segment(m.project().value()))
                .orElse("/sign-in");
    }

    private static String segment(String text) {
        return UriUtils.encodePathSegment(text, StandardCharsets.UTF_8);
    }

    private CloudName chosen(String cloud) {
        return clouds.all().stream()
                .map(Cloud::name)
                .filter(name -> cloud.isEmpty() || name.value().equals(cloud))
                .findFirst()
                .orElseGet(() -> new CloudName(cloud.isBlank() ? "?" : cloud));
    }

    private static int status(SignInOutcome outcome, HttpServletResponse response) {
        return switch (outcome) {
            case Throttled(var pause) -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(pause.toSeconds() + 1));
                yield 429;
            }
            case CloudDown _, NotOpenStack _ -> 503;
            default -> 422;
        };
    }

    /** Why the form is shown again. */
    private sealed interface Again {}

    private record Missing(boolean password) implements Again {}

    private record Problem(SignInOutcome outcome) implements Again {}

    private String show(
            Form form,
            @Nullable Again again,
            @Nullable Words notice,
            Model model,
            HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        List<Cloud> all = clouds.all();
        boolean demo = all.size() == 1 && all.getFirst().demo();
        model.addAttribute(
                "page",
                new SignInPage(
                        all.size() == 1 ? all.getFirst().label() : null,
                        all.size() == 1 ? all.getFirst().name().value() : "",
                        LocalPath.of(form.to()).equals("/") ? "" : form.to(),
                        fields(form, again, all),
                        problem(again, form),
                        advice(again),
                        notice,
                        all.isEmpty(),
                        demo,
                        demo ? DEMO_USERS : List.of()));
        return "signin/index";
    }

    private static final List<SignInPage.DemoUser> DEMO_USERS =
            List.of(
                    new SignInPage.DemoUser("alice", "signin.demo.alice"),
                    new SignInPage.DemoUser("bob", "signin.demo.bob"),
                    new SignInPage.DemoUser("charlie", "signin.demo.charlie"),
                    new SignInPage.DemoUser("ada", "signin.demo.ada"));

    private static List<Field> fields(Form form, @Nullable Again again, List<Cloud> all) {
        List<Field> fields = new ArrayList<>();
        if (all.size() > 1) {
            fields.add(
                    Field.select(
                                    "cloud",
                                    Words.of("signin.cloud"),
                                    all.stream()
                                            .map(c -> Field.Option.of(c.name().value(), c.label()))
                                            .toList())
                            .value(form.cloud())
                            .required());
        }
        fields.add(
                Field.text("user", Words.of("signin.user"))
                        .value(form.user())
                        .autocomplete("username")
                        .required()
                        .error(
                                form.user().isEmpty() && again instanceof Missing
                                        ? Words.of("signin.missing.user")
                                        : null));
        fields.add(
                Field.password("password", Words.of("signin.password"))
                        .autocomplete("current-password")
                        .required()
                        .error(passwordError(again)));
        fields.add(
                Field.text("domain", Words.of("signin.domain"))
                        .value(form.domain())
                        .autocomplete("organization")
                        .required()
                        .hint(Words.of("signin.domain.hint"))
                        .error(domainError(again, form)));
        return fields;
    }

    private static @Nullable Words passwordError(@Nullable Again again) {
        return switch (again) {
            case Missing(boolean password) when password -> Words.of("signin.missing.password");
            case Problem(WrongPassword _) -> Words.of("signin.wrong.field");
            case Problem(PasswordExpired _) -> Words.of("signin.expired.field");
            case null, default -> null;
        };
    }

    private static @Nullable Words domainError(@Nullable Again again, Form form) {
        return switch (again) {
            case Missing _ when form.domain().isEmpty() -> Words.of("signin.missing.domain");
            case Problem(UnknownDomain _) -> Words.of("signin.domain.field");
            case null, default -> null;
        };
    }

    private static @Nullable Words problem(@Nullable Again again, Form form) {
        return switch (again) {
            case null -> null;
            case Missing _ -> Words.of("signin.missing");
            case Problem(SignInOutcome outcome) ->
                    switch (outcome) {
                        case SignedIn _ -> null;
                        case WrongPassword _ -> Words.of("signin.wrong");
                        case UnknownDomain(String domain) ->
                                Words.of("signin.unknowndomain", domain);
                        case PasswordExpired _ -> Words.of("signin.expired");
                        case MoreFactors _ -> Words.of("signin.factors");
                        case NoProject _ -> Words.of("signin.noproject", form.user());
                        case Throttled(var pause) -> Words.of("signin.throttled", pause);
                        case CloudDown _ -> Words.of("signin.down");
                        case NotOpenStack _ -> Words.of("signin.notopenstack");
                        case UnknownCloud _ -> Words.of("signin.unknowncloud");
                    };
        };
    }

    private static @Nullable Words advice(@Nullable Again again) {
        return switch (again) {
            case null -> null;
            case Missing _ -> null;
            case Problem(SignInOutcome outcome) ->
                    switch (outcome) {
                        case SignedIn _ -> null;
                        case WrongPassword _ -> Words.of("signin.wrong.advice");
                        case UnknownDomain _ -> Words.of("signin.unknowndomain.advice");
                        case PasswordExpired _ -> Words.of("signin.expired.advice");
                        case MoreFactors _ -> Words.of("signin.factors.advice");
                        case NoProject _ -> Words.of("signin.noproject.advice");
                        case Throttled _ -> Words.of("signin.throttled.advice");
                        case CloudDown(@Nullable String said) ->
                                said == null
                                        ? Words.of("signin.down.advice")
                                        : Words.of("signin.down.said", said);
                        case NotOpenStack _ -> Words.of("signin.notopenstack.advice");
                        case UnknownCloud _ -> Words.of("signin.unknowncloud.advice");
                    };
        };
    }
}

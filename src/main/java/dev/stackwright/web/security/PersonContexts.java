package dev.stackwright.web.security;

import dev.stackwright.access.Person;
import dev.stackwright.access.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * The session holds nothing but the id of a sign-in; who that is, is asked on each request, so that
 * somebody who was signed out is out at once, on every replica.
 */
@Component
public class PersonContexts implements SecurityContextRepository {

    static final String SIGN_IN = "stackwright.sign-in";

    /** Request attribute: there was somebody, but their sign-in has ended. */
    static final String ENDED = "stackwright.sign-in-ended";

    /** What the behaviour {@code htmx.js} puts on requests that the page makes by itself. */
    private static final String POLL = "X-Poll";

    private final Sessions sessions;

    PersonContexts(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Makes a fresh session of the person's own; whatever the old one held is gone. */
    public static void begin(HttpServletRequest request, Person person, int idleSeconds) {
        end(request);
        HttpSession session = request.getSession(true);
        session.setMaxInactiveInterval(idleSeconds);
        session.setAttribute(SIGN_IN, person.signIn().toString());
    }

    /** Throws the session away. */
    public static void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return new Later(() -> context(request));
    }

    private SecurityContext context(HttpServletRequest request) {
        Optional<UUID> signIn = signIn(request);
        Optional<Person> person =
                signIn.flatMap(id ->
                        request.getHeader(POLL) == null ? sessions.visit(id) : sessions.find(id));
        if (signIn.isPresent() && person.isEmpty()) {
            request.setAttribute(ENDED, true);
        }
        return person.<SecurityContext>map(p -> new SecurityContextImpl(new PersonToken(p)))
                .orElseGet(SecurityContextHolder::createEmptyContext);
    }

    private static Optional<UUID> signIn(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(SIGN_IN) instanceof String id
                ? Optional.of(UUID.fromString(id))
                : Optional.empty();
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return signIn(request).isPresent();
    }

    @Override
    public void saveContext(
            SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        // Who somebody is does not change within a request, except at the door itself.
    }

    @Override
    @SuppressWarnings("deprecation")
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return context(holder.getRequest());
    }

    /** A context that is loaded when first asked for; static files never ask. */
    private static final class Later implements DeferredSecurityContext {

        private final Supplier<SecurityContext> load;
        private Optional<SecurityContext> loaded = Optional.empty();

        Later(Supplier<SecurityContext> load) {
            this.load = load;
        }

        @Override
        public SecurityContext get() {
            if (loaded.isEmpty()) {
                loaded = Optional.of(load.get());
            }
            return loaded.get();
        }

        @Override
        public boolean isGenerated() {
            return get().getAuthentication() == null;
        }
    }
}

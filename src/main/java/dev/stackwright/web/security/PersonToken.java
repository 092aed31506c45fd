package dev.stackwright.web.security;

import dev.stackwright.access.Person;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A person as Spring Security knows one. What they may do in a project, their roles there say. */
final class PersonToken extends AbstractAuthenticationToken {

    static final String ADMINISTRATOR = "ADMINISTRATOR";

    private static final long serialVersionUID = 1L;

    private final transient Person person;

    PersonToken(Person person) {
        super(
                person.isAdministrator()
                        ? List.of(new SimpleGrantedAuthority(ADMINISTRATOR))
                        : List.of());
        this.person = person;
        setAuthenticated(true);
    }

    @Override
    public Person getPrincipal() {
        return person;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PersonToken token && token.person.equals(person);
    }

    @Override
    public int hashCode() {
        return person.hashCode();
    }
}

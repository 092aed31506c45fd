package dev.stackwright.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.CookieSerializer.CookieValue;

class HostCookieTest {

    private final HostCookie cookie = new HostCookie();

    private String written(boolean secure) {
        var response = new MockHttpServletResponse();
        cookie.writeCookieValue(new CookieValue(request(secure), response, "session-1"));
        return String.valueOf(response.getHeader("Set-Cookie"));
    }

    private static MockHttpServletRequest request(boolean secure, Cookie... cookies) {
        var request = new MockHttpServletRequest();
        request.setSecure(secure);
        request.setCookies(cookies);
        return request;
    }

    private static Cookie cookie(String name) {
        byte[] id = "session-1".getBytes(StandardCharsets.UTF_8);
        return new Cookie(name, Base64.getEncoder().encodeToString(id));
    }

    @Test
    void belongsToThisHostAloneUnderHttps() {
        assertThat(written(true))
                .startsWith("__Host-stackwright=")
                .contains("Path=/", "Secure", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Domain=");
    }

    @Test
    void hasAPlainNameOnLoopbackWhereNothingIsEncrypted() {
        assertThat(written(false))
                .startsWith("stackwright=")
                .contains("HttpOnly", "SameSite=Lax")
                .doesNotContain("Secure", "Domain=");
    }

    /** A neighbour under the same domain can plant a cookie of the plain name, not of the other. */
    @Test
    void aPlainCookieIsWorthNothingUnderHttps() {
        assertThat(cookie.readCookieValues(request(true, cookie("stackwright")))).isEmpty();
        assertThat(cookie.readCookieValues(request(true, cookie("__Host-stackwright"))))
                .containsExactly("session-1");
    }
}

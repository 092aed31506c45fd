package dev.stackwright.web.signin;

import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the sign-in page shows.
 *
 * @param where the cloud's name when there is only one
 * @param cloud its name to send along
 * @param to where to go afterwards
 * @param problem what went wrong, null on the first visit
 * @param advice what to do about it
 * @param notice what the visitor should know before: signed out, sign-in ended
 * @param unconnected whether there is no cloud to sign in to, so that the page says how to get one
 * @param demo whether the demo users may be named
 */
record SignInPage(
        @Nullable String where,
        String cloud,
        String to,
        List<Field> fields,
        @Nullable Words problem,
        @Nullable Words advice,
        @Nullable Words notice,
        boolean unconnected,
        boolean demo,
        List<DemoUser> demoUsers) {

    /** Somebody whom the demo cloud knows. */
    record DemoUser(String name, String what) {}
}

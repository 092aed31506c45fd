/** Signing in and out. */
@NullMarked
package dev.stackwright.web.signin;

import org.jspecify.annotations.NullMarked;

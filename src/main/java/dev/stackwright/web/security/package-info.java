/** The door: who is asked to sign in, how sessions are kept, and what every answer carries. */
@NullMarked
package dev.stackwright.web.security;

import org.jspecify.annotations.NullMarked;

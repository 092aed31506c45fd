/** Pages, one package per panel; {@code frame} holds what they share. */
@NullMarked
@ApplicationModule(displayName = "web")
package dev.stackwright.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

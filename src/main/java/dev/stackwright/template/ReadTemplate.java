package dev.stackwright.template;

import dev.stackwright.kernel.Diagnostics;
import java.util.Optional;

/**
 * What reading a text gave.
 *
 * @param template empty only when the text has no recognisable structure at all
 */
public record ReadTemplate(Optional<Template> template, Diagnostics diagnostics) {}

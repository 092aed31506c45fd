package dev.stackwright.template;

import dev.stackwright.kernel.Diagnostics;
import java.util.Optional;

/**
 * What a check gave: everything that there is to say, and, when none of it is an error, the checked
 * template.
 */
public record Checked(Diagnostics diagnostics, Optional<CheckedTemplate> template) {}

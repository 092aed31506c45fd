/**
 * Facts in, verdicts out. Each rule knows one cause and the facts that prove it; where no rule
 * matches, the doctor says so and hands on what was measured. Pure.
 */
@NullMarked
@NamedInterface("doctor")
package dev.stackwright.operations.doctor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

/** What is on the cloud already, written as a template with the ids of what it speaks of. */
@NamedInterface("imports")
@NullMarked
package dev.stackwright.stack.imports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

/**
 * The hosts of a cloud: how they stand, what they carry, and how one is emptied and filled again.
 */
@NullMarked
package dev.stackwright.web.hosts;

import org.jspecify.annotations.NullMarked;

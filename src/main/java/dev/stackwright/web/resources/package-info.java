/**
 * Everything on the cloud that is not a server: one mechanism draws the lists and pages of all
 * kinds, each of which is described by a {@link dev.stackwright.web.resources.Panel}.
 */
@NullMarked
package dev.stackwright.web.resources;

import org.jspecify.annotations.NullMarked;

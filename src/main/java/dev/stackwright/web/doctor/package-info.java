/** What the doctor found, in words: the card on an instance's page, and the board of the cloud. */
@NullMarked
package dev.stackwright.web.doctor;

import org.jspecify.annotations.NullMarked;

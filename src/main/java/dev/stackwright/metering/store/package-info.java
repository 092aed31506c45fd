/** Where samples, facts and figures are kept, on H2 and on PostgreSQL alike. */
@NullMarked
package dev.stackwright.metering.store;

import org.jspecify.annotations.NullMarked;

/**
 * The resource types that a template may use: their properties and attributes, what a change of
 * each means, and what a replacement loses. The facts are data under {@code resources/catalog}, one
 * file per family; see docs/add-a-resource-type.md. Pure.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel"})
package dev.stackwright.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * From text to a checked template. {@link dev.stackwright.template.TemplateReader} turns text into
 * a {@link dev.stackwright.template.Template} and never throws; {@link
 * dev.stackwright.template.TemplateCheck} tells everything that is wrong with it and is the only
 * one who can make a {@link dev.stackwright.template.CheckedTemplate}; {@link
 * dev.stackwright.template.Resolver} works out what an expression is worth. Pure.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "graph", "catalog"})
package dev.stackwright.template;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

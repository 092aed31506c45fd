package dev.stackwright.web.frame;

import org.jspecify.annotations.Nullable;

/** One of several views of the same thing, as a link; also a chip above a list. */
public record Tab(Words label, String href, @Nullable String count, boolean current) {}

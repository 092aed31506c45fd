package dev.stackwright.web.instances;

import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Meter;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form for a new instance, and the quota that it draws on. */
record LaunchPage(
        List<Field> fields,
        @Nullable Words trouble,
        List<Meter> quota,
        @Nullable Words unable,
        String post,
        String list) {}

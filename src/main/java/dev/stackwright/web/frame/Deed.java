package dev.stackwright.web.frame;

import org.jspecify.annotations.Nullable;

/**
 * A button for something that can be done to the thing of a page.
 *
 * @param path the last part of its address, unique on the page
 * @param post where it is done
 * @param href of a page that asks first; null when the button itself does it
 * @param unable why not, null when it can be done
 */
public record Deed(
        String path,
        Words label,
        String post,
        @Nullable String href,
        @Nullable Words unable,
        boolean danger) {}

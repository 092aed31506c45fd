package dev.stackwright.web.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of a form with everything that is drawn around it. Built by a chain: {@code
 * Field.text("name", Words.of("stacks.name")).value(form.name()).required()}.
 *
 * @param unable why the person may not change it; the field is then shown and sent, but read-only
 */
public record Field(
        Kind kind,
        String name,
        Words label,
        String value,
        @Nullable Words hint,
        @Nullable Words error,
        boolean needed,
        @Nullable String example,
        @Nullable String autocomplete,
        List<Option> options,
        @Nullable Words unable) {

    /** How it is drawn. */
    public enum Kind {
        TEXT,
        PASSWORD,
        NUMBER,
        SELECT,
        AREA,
        CHECK
    }

    /** One entry of a selection. */
    public record Option(String value, Words label, boolean selected, boolean disabled) {

        public static Option of(String value, String label) {
            return new Option(value, Words.verbatim(label), false, false);
        }
    }

    private static Field of(Kind kind, String name, Words label) {
        return new Field(kind, name, label, "", null, null, false, null, null, List.of(), null);
    }

    public static Field text(String name, Words label) {
        return of(Kind.TEXT, name, label);
    }

    public static Field password(String name, Words label) {
        return of(Kind.PASSWORD, name, label);
    }

    public static Field number(String name, Words label) {
        return of(Kind.NUMBER, name, label);
    }

    public static Field area(String name, Words label) {
        return of(Kind.AREA, name, label);
    }

    public static Field check(String name, Words label) {
        return of(Kind.CHECK, name, label);
    }

    public static Field select(String name, Words label, List<Option> options) {
        return of(Kind.SELECT, name, label).options(options);
    }

    /** For a check, {@code "true"} is ticked. */
    public Field value(@Nullable String now) {
        return new Field(
                kind,
                name,
                label,
                now == null ? "" : now,
                hint,
                error,
                needed,
                example,
                autocomplete,
                options,
                unable);
    }

    public Field hint(Words words) {
        return new Field(
                kind,
                name,
                label,
                value,
                words,
                error,
                needed,
                example,
                autocomplete,
                options,
                unable);
    }

    public Field error(@Nullable Words words) {
        return new Field(
                kind,
                name,
                label,
                value,
                hint,
                words,
                needed,
                example,
                autocomplete,
                options,
                unable);
    }

    public Field required() {
        return new Field(
                kind,
                name,
                label,
                value,
                hint,
                error,
                true,
                example,
                autocomplete,
                options,
                unable);
    }

    /** An example that works, shown while the field is empty. */
    public Field example(String text) {
        return new Field(
                kind, name, label, value, hint, error, needed, text, autocomplete, options, unable);
    }

    public Field autocomplete(String token) {
        return new Field(
                kind, name, label, value, hint, error, needed, example, token, options, unable);
    }

    public Field options(List<Option> entries) {
        return new Field(
                kind,
                name,
                label,
                value,
                hint,
                error,
                needed,
                example,
                autocomplete,
                List.copyOf(entries),
                unable);
    }

    public Field unable(@Nullable Words why) {
        return new Field(
                kind, name, label, value, hint, error, needed, example, autocomplete, options, why);
    }

    /** Whether the option is the chosen one: by value, or because it says so itself. */
    public boolean chooses(Option option) {
        return option.selected() || (!value.isEmpty() && option.value().equals(value));
    }

    public boolean ticked() {
        return "true".equals(value) || "on".equals(value);
    }

    /** The ids of what describes the field, for {@code aria-describedby}. */
    public @Nullable String describedBy() {
        String ids =
                (hint == null && unable == null ? "" : name + "-hint ")
                        + (error == null ? "" : name + "-error");
        return ids.isBlank() ? null : ids.strip();
    }
}

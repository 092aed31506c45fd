package dev.stackwright.web.frame;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.dialect.AbstractProcessorDialect;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.expression.StandardExpressions;
import org.thymeleaf.templatemode.TemplateMode;
import org.unbescape.html.HtmlEscape;

/**
 * The small things that every page draws many times over, as attributes: {@code <svg
 * sw:icon="server"/>}, {@code <span sw:status="${row.status}"/>}, {@code <time
 * sw:ago="${row.changed}"/>}, {@code <time sw:at="${event.time}"/>} and {@code <b
 * sw:words="${page.title}"/>}.
 */
class StackwrightDialect extends AbstractProcessorDialect {

    private static final int PRECEDENCE = 1_000;

    /** A symbol takes over the classes of its tag, th:class included. */
    private static final int AFTER_CLASSES = 1_650;

    private final Assets assets;

    StackwrightDialect(Assets assets) {
        super("Stackwright", "sw", PRECEDENCE);
        this.assets = assets;
    }

    @Override
    public Set<IProcessor> getProcessors(String prefix) {
        return Set.of(
                new Icon(prefix),
                new StatusWord(prefix),
                new Ago(prefix),
                new At(prefix),
                new Place(prefix),
                new Places(prefix),
                new Say(prefix));
    }

    private String icon(String name, String classes) {
        return "<svg class=\""
                + HtmlEscape.escapeHtml5Xml(classes)
                + "\" aria-hidden=\"true\"><use href=\""
                + assets.url("icons.svg")
                + "#"
                + HtmlEscape.escapeHtml5Xml(name)
                + "\"/></svg>";
    }

    private String status(Format format, Status status) {
        StringBuilder html =
                new StringBuilder(
                        icon(status.tone().icon(), status.tone() == Tone.BUSY ? "i spin" : "i"));
        html.append("<span>").append(HtmlEscape.escapeHtml5Xml(format.say(status.word())));
        if (status.why() != null) {
            html.append("<span class=\"why\">")
                    .append(HtmlEscape.escapeHtml5Xml(format.say(status.why())))
                    .append("</span>");
        }
        return html.append("</span>").toString();
    }

    private String cell(Format format, Cell cell) {
        if (cell.status() != null) {
            return "<span class=\"st "
                    + cell.status().tone().css()
                    + "\">"
                    + status(format, cell.status())
                    + "</span>";
        }
        if (cell.moment() != null) {
            return "<time class=\"nw\" datetime=\"%s\" title=\"%s\" data-ago>%s</time>"
                    .formatted(
                            cell.moment(),
                            HtmlEscape.escapeHtml5Xml(format.second(cell.moment())),
                            HtmlEscape.escapeHtml5Xml(format.ago(cell.moment())));
        }
        if (cell.bits().isEmpty()) {
            return "<span class=\"mut\">"
                    + HtmlEscape.escapeHtml5Xml(format.say(Words.of("frame.none")))
                    + "</span>";
        }
        return cell.bits().stream().map(bit -> bit(format, bit)).collect(Collectors.joining(", "));
    }

    private static String bit(Format format, Cell.Bit bit) {
        var text = HtmlEscape.escapeHtml5Xml(format.say(bit.text()));
        var href = bit.href();
        var mono = bit.mono() ? " class=\"mono\"" : "";
        if (href != null) {
            return "<a"
                    + mono
                    + " href=\""
                    + HtmlEscape.escapeHtml5Xml(href)
                    + "\">"
                    + text
                    + "</a>";
        }
        return bit.mono() ? "<span" + mono + ">" + text + "</span>" : text;
    }

    /** A processor that evaluates its attribute's expression first. */
    private abstract static class Evaluated extends AbstractAttributeTagProcessor {

        Evaluated(String prefix, String attribute) {
            this(prefix, attribute, PRECEDENCE);
        }

        Evaluated(String prefix, String attribute, int precedence) {
            super(TemplateMode.HTML, prefix, null, false, attribute, true, precedence, true);
        }

        @Override
        protected final void doProcess(
                ITemplateContext context,
                IProcessableElementTag tag,
                AttributeName name,
                String expression,
                IElementTagStructureHandler element) {
            Object value =
                    StandardExpressions.getExpressionParser(context.getConfiguration())
                            .parseExpression(context, expression)
                            .execute(context);
            draw(context, tag, value, element);
        }

        abstract void draw(
                ITemplateContext context,
                IProcessableElementTag tag,
                @Nullable Object value,
                IElementTagStructureHandler element);

        static Format format(ITemplateContext context) {
            if (context.getVariable("format") instanceof Format format) {
                return format;
            }
            throw new IllegalStateException("A page is drawn without its formats");
        }

        static String classes(IProcessableElementTag tag, String first) {
            String more = tag.getAttributeValue("class");
            return more == null || more.isBlank() ? first : first + " " + more;
        }
    }

    /** A symbol of the sprite; says nothing to a screen reader, the word beside it does. */
    private final class Icon extends Evaluated {

        Icon(String prefix) {
            super(prefix, "icon", AFTER_CLASSES);
        }

        @Override
        void draw(
                ITemplateContext context,
                IProcessableElementTag tag,
                @Nullable Object value,
                IElementTagStructureHandler element) {
            if (value == null) {
                element.removeElement();
                return;
            }
            element.replaceWith(icon(value.toString(), classes(tag, "i")), false);
        }
    }

    /** Symbol and word of a {@link Status}, with the reason below it. */
    private final class StatusWord extends Evaluated {

        StatusWord(String prefix) {
            super(prefix, "status");
        }

        @Override
        void draw(
                ITemplateContext context,
                IProcessableElementTag tag,
                @Nullable Object value,
                IElementTagStructureHandler element) {
            if (!(value instanceof Status status)) {
                element.removeElement();
                return;
            }
            element.setAttribute("class", classes(tag, "st " + status.tone().css()));
            element.setBody(status(format(context), status), false);
        }
    }

    /** How long ago, with the moment itself as a title; a behaviour keeps it true. */
    private static final class Ago extends Evaluated {

        Ago(String prefix) {
            super(prefix, "ago");
        }

        @Override
        void draw(
                ITemplateContext context,
                IProcessableElementTag tag,
                @Nullable Object value,
                IElementTagStructureHandler element) {
            if (value instanceof Instant instant) {
                Format format = format(context);
                element.setAttribute("datetime", instant.toString());
                element.setAttribute("title", format.second(instant));
                element.setAttribute("data-ago", "");
                element.setBody(HtmlEscape.escapeHtml5Xml(format.ago(instant)), false);
            } else {
                element.removeElement();
            }
        }
    }

    /** A moment in the person's zone. */
    private static final class At extends Evaluated {

        At(String prefix) {
            super(prefix, "at");
        }

        @Override
        void draw(
                ITemplateContext context,
                IProcessableElementTag tag,
                @Nullable Object value,
                IElementTagStructureHandler element) {
            if (value instanceof Instant instant) {
                Format format = format(context);
                element.setAttribute("datetime", instant.toString());
                element.setAttribute("title", format.second(instant));
                element.setBody(HtmlEscape.escapeHtml5Xml(format.at(instant)), false);
            } else {
                element.removeElement();
            }
        }
    }

    /** A {@link Cell}: its text with links, its state or its moment. */
    private final class Place extends Evaluated {

        Place(String prefix) {
            super(prefix, "cell");
        }

        @Override
        void draw(
                ITemplateContext context,
                IProcessableElementTag tag,
                @Nullable Object value,
                IElementTagStructureHandler element) {
            if (!(value instanceof Cell cell)) {
                element.removeElement();
                return;
            }
            var classes = classes(tag, cell.css());
            if (!classes.isBlank()) {
                element.setAttribute("class", classes);
            }
            element.setBody(cell(format(context), cell), false);
        }
    }

    /**
     * A whole row of them, each a cell of its own in place of the one that carries it: lists have
     * hundreds, and each alone would be worked out as an expression.
     */
    private final class Places extends Evaluated {

        Places(String prefix) {
            super(prefix, "cells");
        }

        @Override
        void draw(
                ITemplateContext context,
                IProcessableElementTag tag,
                @Nullable Object value,
                IElementTagStructureHandler element) {
            var html = new StringBuilder();
            if (value instanceof List<?> cells) {
                var format = format(context);
                for (var each : cells) {
                    if (each instanceof Cell cell) {
                        html.append(cell.css().isEmpty() ? "<td" : "<td class=\"")
                                .append(HtmlEscape.escapeHtml5Xml(cell.css()))
                                .append(cell.css().isEmpty() ? ">" : "\">")
                                .append(cell(format, cell))
                                .append("</td>");
                    }
                }
            }
            element.replaceWith(html, false);
        }
    }

    /** {@link Words} as text. */
    private static final class Say extends Evaluated {

        Say(String prefix) {
            super(prefix, "words");
        }

        @Override
        void draw(
                ITemplateContext context,
                IProcessableElementTag tag,
                @Nullable Object value,
                IElementTagStructureHandler element) {
            switch (value) {
                case Words words ->
                        element.setBody(
                                HtmlEscape.escapeHtml5Xml(format(context).say(words)), false);
                case String key ->
                        element.setBody(
                                HtmlEscape.escapeHtml5Xml(
                                        format(context).say(key, new Serializable[0])),
                                false);
                case null, default -> element.removeElement();
            }
        }
    }
}

package dev.stackwright.template;

import dev.stackwright.kernel.Fix;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML to nodes. Only the composer of SnakeYAML is used; what a plain word means, and how aliases,
 * merge keys and duplicates are treated, is decided here.
 */
final class YamlReader {

    /** Marks words that nobody put a tag or quotes on. */
    private static final Tag PLAIN = new Tag("tag:stackwright,plain");

    private final String source;
    private final TextPlaces places;
    private final Limits limits;
    private final Findings findings;
    private final Map<org.yaml.snakeyaml.nodes.Node, Integer> sizes = new IdentityHashMap<>();
    private final Map<org.yaml.snakeyaml.nodes.Node, Node> done = new IdentityHashMap<>();
    private final Set<org.yaml.snakeyaml.nodes.Node> open =
            java.util.Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlReader(String source, TextPlaces places, Limits limits, Findings findings) {
        this.source = source;
        this.places = places;
        this.limits = limits;
        this.findings = findings;
    }

    /** The root, or empty when the text is no YAML (which the findings tell). */
    static Optional<Node> read(String text, TextPlaces places, Limits limits, Findings findings) {
        return new YamlReader(text, places, limits, findings).read(text);
    }

    private Optional<Node> read(String text) {
        try {
            var root = compose(text);
            if (root == null) {
                return Optional.of(new Node.Mapping(List.of(), TextRange.START));
            }
            if (size(root, 0) > limits.nodes()) {
                return Optional.empty();
            }
            return Optional.of(node(root));
        } catch (ReaderException e) {
            int at = places.offset(e.getPosition());
            findings.add(
                    Rule.NOT_YAML,
                    places.range(at, at + 1),
                    "",
                    "The character U+%04X cannot stand in a template. Remove it."
                            .formatted(e.getCodePoint()));
        } catch (MarkedYAMLException e) {
            notYaml(e);
        } catch (YAMLException e) {
            boolean deep = String.valueOf(e.getMessage()).contains("Nesting Depth");
            findings.add(
                    deep ? Rule.TOO_DEEP : Rule.NOT_YAML,
                    TextRange.START,
                    "",
                    deep
                            ? "Lists and maps are nested deeper than %d levels."
                                    .formatted(limits.depth())
                            : "The text cannot be read as YAML.");
        } catch (TooDeep e) {
            findings.add(
                    Rule.TOO_DEEP,
                    TextRange.START,
                    "",
                    "Lists and maps are nested deeper than %d levels.".formatted(limits.depth()));
        }
        return Optional.empty();
    }

    private org.yaml.snakeyaml.nodes.@Nullable Node compose(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(limits.depth());
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setAllowRecursiveKeys(true);
        var reader = new StreamReader(new StringReader(text));
        var composer = new Composer(new ParserImpl(reader, options), new Words(), options);
        return composer.getSingleNode();
    }

    private void notYaml(MarkedYAMLException e) {
        var mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
        int at = mark == null ? 0 : places.offset(mark.getIndex());
        String problem = String.valueOf(e.getProblem());
        String context = e.getContext() == null ? "" : " (" + e.getContext() + ")";
        findings.add(
                Rule.NOT_YAML,
                places.range(at, at + 1),
                "",
                "The text cannot be read from here on: "
                        + problem
                        + context
                        + ". "
                        + advice(problem));
    }

    private static String advice(String problem) {
        if (problem.contains("'\\t'") || problem.contains("\\t(TAB)")) {
            return "Indent with spaces; YAML does not allow tabs.";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "Put the value in quotes if it contains a colon, or check the indentation.";
        }
        if (problem.contains("<block end>") || problem.contains("block mapping")) {
            return "Check that this line is indented like its neighbours.";
        }
        if (problem.contains("end of stream")) {
            return "Look for a quote or bracket that is not closed.";
        }
        return "Check the quotes, brackets and indentation here.";
    }

    /**
     * How many nodes there are once aliases are followed; shared parts are counted only once each.
     */
    private int size(org.yaml.snakeyaml.nodes.Node node, int depth) {
        if (depth > limits.depth() + 2) {
            throw new TooDeep();
        }
        if (open.contains(node)) {
            findings.add(
                    Rule.SELF_REFERENCE,
                    range(node),
                    "",
                    "An alias inside this value points back to the value itself. Write it out.");
            return limits.nodes() + 1;
        }
        Integer known = sizes.get(node);
        if (known != null) {
            return known;
        }
        open.add(node);
        long size = 1;
        if (node instanceof SequenceNode sequence) {
            for (var item : sequence.getValue()) {
                size += size(item, depth + 1);
            }
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                size +=
                        size(tuple.getKeyNode(), depth + 1)
                                + (long) size(tuple.getValueNode(), depth + 1);
            }
        }
        open.remove(node);
        int capped = (int) Math.min(size, Integer.MAX_VALUE / 4);
        boolean told = findings.hasErrors();
        if (capped > limits.nodes()
                && !told
                && sizes.values().stream().noneMatch(s -> s > limits.nodes())) {
            findings.add(
                    Rule.TOO_MANY_NODES,
                    range(node),
                    "",
                    "With its aliases followed, this value has more than %d keys and values."
                            .formatted(limits.nodes()));
        }
        sizes.put(node, capped);
        return capped;
    }

    private Node node(org.yaml.snakeyaml.nodes.Node node) {
        Node known = done.get(node);
        if (known != null) {
            return known;
        }
        Node made =
                switch (node) {
                    case ScalarNode scalar -> scalar(scalar);
                    case SequenceNode sequence -> {
                        tagged(sequence, Tag.SEQ);
                        var items = new ArrayList<Node>(sequence.getValue().size());
                        sequence.getValue().forEach(item -> items.add(node(item)));
                        yield new Node.Sequence(items, range(sequence));
                    }
                    case MappingNode mapping -> {
                        tagged(mapping, Tag.MAP);
                        yield new Node.Mapping(entries(mapping), range(mapping));
                    }
                    default ->
                            throw new IllegalStateException(
                                    "A node of a kind that YAML does not have");
                };
        done.put(node, made);
        return made;
    }

    private Node scalar(ScalarNode scalar) {
        String text = textOf(scalar);
        Tag tag = scalar.getTag();
        Value value;
        if (tag.equals(PLAIN)) {
            value = ScalarReader.plain(text);
        } else if (tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP)) {
            value = Value.of(text);
        } else if (tag.equals(Tag.INT)
                || tag.equals(Tag.FLOAT)
                || tag.equals(Tag.BOOL)
                || tag.equals(Tag.NULL)) {
            value = ScalarReader.plain(text);
        } else {
            tagged(scalar, Tag.STR);
            value = Value.of(text);
        }
        return new Node.Scalar(value, text, range(scalar));
    }

    /**
     * The text of a block that ends with the file. A last line without an end keeps none, as PyYAML
     * has it; SnakeYAML adds one.
     */
    private String textOf(ScalarNode scalar) {
        boolean block =
                scalar.getScalarStyle() == DumperOptions.ScalarStyle.LITERAL
                        || scalar.getScalarStyle() == DumperOptions.ScalarStyle.FOLDED;
        String text = scalar.getValue();
        boolean endsFile =
                block
                        && text.endsWith("\n")
                        && !source.endsWith("\n")
                        && places.offset(scalar.getEndMark().getIndex()) >= source.length();
        return endsFile ? text.substring(0, text.length() - 1) : text;
    }

    private void tagged(org.yaml.snakeyaml.nodes.Node node, Tag expected) {
        Tag tag = node.getTag();
        if (tag.equals(expected) || tag.equals(PLAIN)) {
            return;
        }
        String name = tag.getValue();
        if (!name.startsWith("!")) {
            name = "!!" + name.substring(name.lastIndexOf(':') + 1);
        }
        TextRange range = range(node);
        String detail = "The tag " + name + " is not understood. ";
        if (name.equals("!Ref") && node instanceof ScalarNode scalar) {
            String longForm = "{Ref: " + scalar.getValue() + "}";
            findings.add(
                    Rule.UNKNOWN_TAG,
                    range,
                    "",
                    detail + "Write " + longForm + " instead.",
                    new Fix("Write " + longForm, range, longForm));
        } else if (name.startsWith("!") && !name.startsWith("!!")) {
            String function = "Fn::" + name.substring(1);
            findings.add(
                    Rule.UNKNOWN_TAG,
                    range,
                    "",
                    detail + "Write the long form, {" + function + ": …}, instead.");
        } else {
            findings.add(Rule.UNKNOWN_TAG, range, "", detail + "Remove it.");
        }
    }

    private List<Node.Entry> entries(MappingNode mapping) {
        var entries = new LinkedHashMap<String, Node.Entry>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key && isMerge(key)) {
                merge(tuple.getValueNode(), entries);
            }
        }
        var own = new HashSet<String>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                findings.add(
                        Rule.KEY_IS_NOT_TEXT,
                        range(tuple.getKeyNode()),
                        "",
                        "A list or map stands where a key is expected. If braces belong to the"
                                + " text, put it in quotes.");
                continue;
            }
            if (isMerge(keyNode)) {
                continue;
            }
            String key =
                    keyNode.getTag().equals(PLAIN)
                            ? PythonText.str(
                                    ScalarReader.plain(keyNode.getValue()), keyNode.getValue())
                            : keyNode.getValue();
            TextRange keyRange = range(keyNode);
            if (!own.add(key)) {
                findings.add(
                        Rule.DUPLICATE_KEY,
                        keyRange,
                        "",
                        "`%s` stands more than once in this map; only the last one counts."
                                .formatted(key));
            }
            entries.put(key, new Node.Entry(key, keyRange, node(tuple.getValueNode())));
        }
        return List.copyOf(entries.values());
    }

    private static boolean isMerge(ScalarNode key) {
        return key.getTag().equals(PLAIN) && key.getValue().equals("<<");
    }

    /**
     * The maps behind a merge key fill in what the map does not say by itself; the first one wins.
     */
    private void merge(org.yaml.snakeyaml.nodes.Node source, Map<String, Node.Entry> entries) {
        switch (source) {
            case MappingNode mapping -> {
                if (node(mapping) instanceof Node.Mapping merged) {
                    merged.entries().forEach(entry -> entries.putIfAbsent(entry.key(), entry));
                }
            }
            case SequenceNode sequence -> sequence.getValue().forEach(item -> merge(item, entries));
            default ->
                    findings.add(
                            Rule.NOT_YAML,
                            range(source),
                            "",
                            "Only a map can be merged with `<<`.");
        }
    }

    private TextRange range(org.yaml.snakeyaml.nodes.Node node) {
        return places.range(
                places.offset(node.getStartMark().getIndex()),
                places.offset(node.getEndMark().getIndex()));
    }

    /** Leaves plain words alone, so that they can be told from quoted and tagged ones. */
    private static final class Words extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            // none: ScalarReader decides
        }

        @Override
        public Tag resolve(NodeId kind, @Nullable String value, boolean implicit) {
            return switch (kind) {
                case scalar -> implicit ? PLAIN : Tag.STR;
                case sequence -> Tag.SEQ;
                case mapping -> Tag.MAP;
                case anchor -> Tag.STR;
            };
        }
    }

    private static final class TooDeep extends RuntimeException {
        TooDeep() {
            super("too deep", null, false, false);
        }
    }
}

package dev.stackwright.web.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.web.graph.GraphNode.Look;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GraphPictureTest {

    private static final Map<String, Set<String>> SHOP =
            Map.of(
                    "subnet", Set.of("net"),
                    "port", Set.of("subnet", "group"),
                    "web", Set.of("port", "volume"));

    @Test
    void putsWhatIsNeededFirstLeftAndTheRestAsLateAsPossible() {
        var picture = picture("net", "subnet", "group", "port", "volume", "web");

        assertThat(x(picture, "net")).isLessThan(x(picture, "subnet"));
        assertThat(x(picture, "group")).isEqualTo(x(picture, "subnet"));
        assertThat(x(picture, "volume")).isEqualTo(x(picture, "port"));
        assertThat(x(picture, "web")).isGreaterThan(x(picture, "port"));
    }

    @Test
    void drawsTheSamePictureEachTime() {
        assertThat(picture("net", "subnet", "group", "port", "volume", "web"))
                .isEqualTo(picture("net", "subnet", "group", "port", "volume", "web"));
    }

    @Test
    void neverPutsTwoBoxesOnTopOfEachOther() {
        var many = new LinkedHashMap<String, Set<String>>();
        IntStream.range(0, 200).forEach(i -> many.put("n" + i, Set.of("n" + i / 3)));

        var boxes = picture(many, many.keySet().toArray(String[]::new)).boxes();

        for (var one : boxes) {
            for (var other : boxes) {
                assertThat(
                                one == other
                                        || one.x() != other.x()
                                        || Math.abs(one.y() - other.y()) >= GraphPicture.BOX_HEIGHT)
                        .isTrue();
            }
        }
    }

    @Test
    void survivesACycleAndStrangers() {
        var knot = Map.of("a", Set.of("b"), "b", Set.of("a", "nowhere"));

        assertThat(picture(knot, "a", "b").boxes()).hasSize(2);
    }

    @Test
    void lightsOnlyTheEdgesBetweenWhatChanges() {
        var nodes = List.of(node("a", Look.REPLACED), node("b", Look.UPDATED), node("c", Look.DIM));

        var lines = GraphPicture.of("t", nodes, Map.of("b", Set.of("a"), "c", Set.of("a"))).lines();

        assertThat(lines).filteredOn(GraphPicture.Line::lit).hasSize(1);
    }

    @Test
    void makesHostileNamesHarmless() {
        var name = "\u202Eabc\u0000\u001B[31m" + "🦄".repeat(255);

        var box =
                GraphPicture.of("t", List.of(node(name, Look.PLAIN)), Map.of()).boxes().getFirst();

        assertThat(box.name()).startsWith("\uFFFDabc\uFFFD").endsWith("…");
        assertThat(box.name().codePointCount(0, box.name().length())).isLessThan(14);
        assertThat(box.title()).doesNotContain("\u0000").doesNotContain("\u202E");
    }

    @Test
    void drawsAThousandNodesInNoTime() {
        var many = new LinkedHashMap<String, Set<String>>();
        IntStream.range(0, 1000).forEach(i -> many.put("n" + i, Set.of("n" + i / 2)));

        assertThat(picture(many, many.keySet().toArray(String[]::new)).boxes()).hasSize(1000);
    }

    private static int x(GraphPicture picture, String id) {
        return picture.boxes().stream()
                .filter(box -> box.node().id().equals(id))
                .findFirst()
                .orElseThrow()
                .x();
    }

    private static GraphPicture picture(String... ids) {
        return picture(SHOP, ids);
    }

    private static GraphPicture picture(Map<String, Set<String>> edges, String... ids) {
        var nodes = IntStream.range(0, ids.length).mapToObj(i -> node(ids[i], Look.PLAIN)).toList();
        return GraphPicture.of("What depends on what", nodes, edges);
    }

    private static GraphNode node(String id, Look look) {
        return new GraphNode(id, id, "Server", "server", "fine", "ok", look, null);
    }

    @Test
    void aLabelEndsBeforeTheSymbolOfTheState() {
        assertThat(Label.fitting("security_group", 72, 12)).endsWith("…");
        assertThat(Label.fitting("WWWWWWWWWW", 72, 12)).hasSizeLessThan(9).endsWith("…");
        assertThat(Label.fitting("network", 72, 12)).isEqualTo("network");
        assertThat(Label.fitting("\uD83D\uDE80".repeat(255), 72, 12)).hasSizeLessThan(14);
    }
}

package dev.stackwright.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphTest {

    private static Graph<String> graph(String... lines) {
        var dependencies = new LinkedHashMap<String, Set<String>>();
        for (String line : lines) {
            String[] parts = line.split(" -> ");
            dependencies.put(parts[0], parts.length > 1 ? Set.of(parts[1].split(" ")) : Set.of());
        }
        return Graph.of(dependencies);
    }

    @Test
    void whatIsNeededComesFirstAndOtherwiseTheGivenOrderHolds() {
        assertThat(graph("server -> port", "volume", "port -> net", "net").order())
                .containsExactly("volume", "net", "port", "server");
    }

    @Test
    void levelsHoldWhatMayRunAtTheSameTime() {
        assertThat(graph("server -> port volume", "volume", "port -> net", "net").levels())
                .containsExactly(
                        java.util.List.of("volume", "net"),
                        java.util.List.of("port"),
                        java.util.List.of("server"));
    }

    @Test
    void whatIsOnlyDependedOnIsANodeToo() {
        var graph = graph("server -> port");

        assertThat(graph.nodes()).containsExactly("server", "port");
        assertThat(graph.dependentsOf("port")).containsExactly("server");
        assertThat(graph.dependenciesOf("stranger")).isEmpty();
    }

    @Test
    void aCircleIsToldOnceAlongOneWayRound() {
        assertThat(graph("a -> b", "b -> c", "c -> a", "d -> a", "e -> e").cycles())
                .containsExactly(java.util.List.of("a", "b", "c"), java.util.List.of("e"));
        assertThat(graph("a -> b", "b").cycles()).isEmpty();
    }

    @Test
    void ancestorsAndDescendantsReachThroughOthers() {
        var graph = graph("server -> port", "port -> net", "net", "other");

        assertThat(graph.ancestors("server")).containsExactlyInAnyOrder("port", "net");
        assertThat(graph.descendants("net")).containsExactlyInAnyOrder("port", "server");
        assertThat(graph.reversed().dependenciesOf("net")).containsExactly("port");
    }

    @Test
    void aChainOfAHundredThousandIsNoDanger() {
        var dependencies = new LinkedHashMap<Integer, Set<Integer>>();
        for (int i = 0; i < 100_000; i++) {
            dependencies.put(i, Set.of(i + 1));
        }
        var graph = Graph.of(dependencies);

        assertThat(graph.order()).hasSize(100_001).startsWith(100_000);
        assertThat(graph.cycles()).isEmpty();
        assertThat(Graph.of(Map.of()).order()).isEmpty();
    }
}

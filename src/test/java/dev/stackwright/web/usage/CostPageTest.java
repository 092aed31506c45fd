package dev.stackwright.web.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.stackwright.access.Membership;
import dev.stackwright.access.Person;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.metering.store.MeteringStore;
import dev.stackwright.rating.PriceBooks;
import dev.stackwright.rating.hashmap.Rule;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

@SpringBootTest(
        classes = UsagePageTest.App.class,
        properties = {
            "stackwright.metering.collect=false",
            "spring.flyway.enabled=false",
            "spring.rabbitmq.listener.simple.auto-startup=false",
            // A context of its own: here are prices, there are none.
            "test.prices=true"
        })
@AutoConfigureMockMvc
class CostPageTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final CloudName NORTH = new CloudName("north");

    @Autowired private MockMvc mvc;

    @BeforeAll
    static void story(@Autowired MeteringStore store, @Autowired PriceBooks books) {
        UsageStory.tell(store, NOW);
        publish(
                books,
                "2026-09-01T00:00:00Z",
                Rule.flat("vcpus", "0.0123"),
                Rule.flat("volume.size", "0.00037"),
                Rule.flat("ip.floating", "0.005"),
                Rule.flat("network.outgoing.bytes", "0.02"));
        publish(
                books,
                "2026-11-10T00:00:00Z",
                Rule.flat("vcpus", "0.0133"),
                Rule.flat("volume.size", "0.00037"),
                Rule.flat("ip.floating", "0.005"),
                Rule.flat("network.outgoing.bytes", "0.02"));
    }

    private static void publish(PriceBooks books, String from, Rule... rules) {
        var draft = books.draft(NORTH, "ada");
        books.change(NORTH, draft.number(), draft.revision(), "EUR", "", List.of(rules), "ada");
        books.publish(NORTH, draft.number(), draft.revision() + 1, Instant.parse(from), "ada");
    }

    @Test
    void opensWithWhatItCostAndWhatMadeTheDifference() throws Exception {
        assertThat(page("").select(".answer").text())
                .matches(
                        "1 to 22 Nov: [0-9.]+ EUR, \\+[0-9.]+ EUR against 1 to 22"
                                + " Oct; [0-9]+ % of that is .+\\.");
    }

    @Test
    void theStepsAddUpToTheDifferenceToTheCent() throws Exception {
        for (var query : List.of("?zone=UTC", "?range=7d", "?range=30d", "?range=last-month")) {
            var table = page(query).select("#difference table");
            var steps = table.select("tbody td").eachText();
            var sum =
                    steps.stream()
                            .map(CostPageTest::money)
                            .reduce(BigDecimal.ZERO, BigDecimal::add);

            assertThat(steps).as(query).hasSizeGreaterThan(2);
            assertThat(sum).as(query).isEqualByComparingTo(money(table.select("tfoot td").text()));
        }
    }

    @Test
    void aNewPriceIsAStepOfItsOwn() throws Exception {
        assertThat(page("").select("#difference").text()).contains("the change of prices");
    }

    @Test
    void theSixNewVolumesOfAStackAreOneStep() throws Exception {
        assertThat(page("?zone=UTC").select("#difference").text())
                .contains("new volumes of stack etl since 4 Nov");
    }

    @Test
    void everySplitOfTheBarsAddsUpToTheSameCents() throws Exception {
        var total = money(page("?zone=UTC").select("#difference tfoot td").text());
        for (var by : List.of("", "meter", "stack", "none")) {
            var page = page("?zone=UTC&by=" + by);
            assertThat(money(page.select(".twin tfoot td").eachText().getLast()))
                    .as(by)
                    .isEqualByComparingTo(total);
        }
        var lines = body("/c/north/p/shop/usage/cost.csv?zone=UTC").strip().split("\\R");
        var sum = BigDecimal.ZERO;
        for (var line : List.of(lines).subList(1, lines.length)) {
            var cells = line.split(",");
            sum = sum.add(new BigDecimal(cells[cells.length - 2]));
        }
        assertThat(sum).isEqualByComparingTo(total);
    }

    @Test
    void aStepAndABarLeadOn() throws Exception {
        var page = page("?zone=UTC");
        assertThat(page.select("#difference a[href*=stack]")).isNotEmpty();
        assertThat(page.select(".legend a[href*=/usage/resources/]")).isNotEmpty();
        assertThat(page.select(".twin tbody th a[href*=granularity=hour]")).isNotEmpty();
    }

    @Test
    void aBudgetThatWillNotLastIsSaidAndAReaderCannotSetIt() throws Exception {
        assertThat(set("member", "seven").getStatus()).isEqualTo(303);
        assertThat(page("").select(".banner[role=status]")).isEmpty();
        assertThat(set("member", "1.50").getStatus()).isEqualTo(303);
        assertThat(page("").select(".banner[role=status]").text())
                .contains("1.50")
                .contains("is spent");
        assertThat(page("").select("input[name=amount]").val()).isEqualTo("1.50");
        assertThat(set("member", "").getStatus()).isEqualTo(303);
        assertThat(page("").select(".banner[role=status]")).isEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> set("reader", "5"))
                .hasRootCauseInstanceOf(dev.stackwright.web.frame.PageFailure.class);
    }

    @Test
    void aMeterIsStillShownWhenItIsAskedFor() throws Exception {
        var page = page("?meter=vcpus&range=7d&zone=UTC&granularity=day");

        assertThat(page.select(".twin tfoot td").eachText().getLast()).isEqualTo("1\u202f992");
        assertThat(page.select(".chosen th").text()).isEqualTo("Processors");
    }

    private static BigDecimal money(String text) {
        return new BigDecimal(text.replace("\u2212", "-").replaceAll("[^0-9.-]", ""));
    }

    private org.springframework.mock.web.MockHttpServletResponse set(String role, String amount)
            throws Exception {
        return mvc.perform(
                        post("/c/north/p/shop/usage/budget")
                                .param("amount", amount)
                                .with(csrf())
                                .with(person(role)))
                .andReturn()
                .getResponse();
    }

    private Document page(String query) throws Exception {
        return Jsoup.parse(body("/c/north/p/shop/usage" + query));
    }

    private String body(String url) throws Exception {
        var response =
                mvc.perform(get(java.net.URI.create(url)).with(person("member")))
                        .andReturn()
                        .getResponse();
        assertThat(response.getStatus()).as(url).isEqualTo(200);
        return response.getContentAsString();
    }

    private static RequestPostProcessor person(String role) {
        var person =
                new Person(
                        UUID.randomUUID(),
                        NORTH,
                        new UserId("alice"),
                        "alice",
                        "Default",
                        NOW,
                        NOW.plusSeconds(3600),
                        List.of(new Membership(new ProjectId("shop"), "shop", Set.of(role))));
        return authentication(
                UsernamePasswordAuthenticationToken.authenticated(person, null, List.of()));
    }
}

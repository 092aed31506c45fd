package dev.stackwright.web.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.stackwright.Databases;
import dev.stackwright.MovableClock;
import dev.stackwright.access.Membership;
import dev.stackwright.access.Person;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.metering.MeteringSettings;
import dev.stackwright.metering.store.MeteringStore;
import dev.stackwright.web.audit.Trail;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.rating.ProjectNames;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        classes = UsagePageTest.App.class,
        properties = {
            "stackwright.metering.collect=false",
            "spring.flyway.enabled=false",
            "spring.rabbitmq.listener.simple.auto-startup=false"
        })
@AutoConfigureMockMvc
class UsagePageTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    /** The frame, the panel and metering: nothing else. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableConfigurationProperties(MeteringSettings.class)
    @ComponentScan({
        "dev.stackwright.web.frame",
        "dev.stackwright.web.usage",
        "dev.stackwright.metering",
        "dev.stackwright.rating",
        "dev.stackwright.audit"
    })
    @Import({Trail.class, ProjectNames.class})
    static class App {

        @Bean
        DataSource dataSource() {
            return Databases.h2();
        }

        @Bean
        Clock clock() {
            return new MovableClock(NOW);
        }

        @Bean
        Clouds clouds() {
            return new Clouds(List.of());
        }
    }

    @Autowired private MockMvc mvc;

    @BeforeAll
    static void story(@Autowired MeteringStore store) {
        UsageStory.tell(store, NOW);
    }

    @Test
    void opensWithASentenceThatComparesWithTheSameDaysOfTheLastMonth() throws Exception {
        var page = page("shop", "");

        assertThat(page.select(".answer").text())
                .startsWith("shop has used ")
                .contains("vCPU-hours")
                .contains("in the same days of October");
    }

    @Test
    void theTableTwinAddsUpToTheFigureAndToTheCanvas() throws Exception {
        var page = page("shop", "?range=7d&meter=vcpus&zone=UTC&granularity=day");

        // 2 + 2 + 4 for seven days, 1 for three, and 8 for three until worker-7 was deleted.
        assertThat(page.select(".twin tfoot td").eachText().getLast()).isEqualTo("1\u202f992");
        assertThat(page.select(".chosen td").eachText().getFirst())
                .isEqualTo("1\u202f992 vCPU-hours");
        var canvas =
                JsonMapper.shared().readTree(body("shop", page.select("canvas").attr("data-src")));
        double sum = 0;
        for (var set : canvas.get("datasets")) {
            for (var value : set.get("data")) {
                sum += value.doubleValue();
            }
        }
        assertThat(sum).isCloseTo(1992, within(1e-9));
    }

    @Test
    void aDeletedResourceIsStillThereUnderItsName() throws Exception {
        var row = page("shop", "?meter=vcpus").select("#resources tr:contains(worker-7)");

        assertThat(row.text()).contains("Deleted").contains("etl");
    }

    @Test
    void aBarLeadsToTheResourceItsSamplesAndTheEventBehindEach() throws Exception {
        var usage = page("shop", "?range=90d&meter=vcpus");
        var resource =
                open(
                        usage.select(
                                        "#resources a:containsOwn(web_1), #resources"
                                                + " a:has(bdi:containsOwn(web_1))")
                                .attr("href"));
        assertThat(resource.select("h1").text()).isEqualTo("web_1");
        assertThat(resource.text()).contains("compute.instance.create.end").contains("req-web-1");

        var samples = open(resource.select("a:containsOwn(vcpus)").attr("href"));

        assertThat(samples.select("tbody tr").text())
                .contains("compute.instance.create.end")
                .contains("req-web-1");
    }

    @Test
    void usageCanBeSplitByStackAndWhatHasNoneIsSaid() throws Exception {
        assertThat(page("shop", "?by=stack&meter=volume.size").select(".legend li").eachText())
                .containsExactly("No stack", "etl");
    }

    @Test
    void aStrangerFindsAnEmptyPageOfTheirOwnAndNothingOfAnother() throws Exception {
        assertThat(page("lab", "").text()).contains("lab has used nothing this month");
        assertThatThrownBy(() ->
                        mvc.perform(
                                get("/c/north/p/lab/usage/resources/web-1").with(person("lab"))))
                .hasRootCauseInstanceOf(PageFailure.class);
    }

    @Test
    void aNameThatWouldDoHarmIsOnlyShown() throws Exception {
        var page = page("shop", "?meter=vcpus");
        assertThat(page.select("img")).isEmpty();
        assertThat(page.text()).contains(UsageStory.HOSTILE);
        assertThat(body("shop", "/c/north/p/shop/usage/resources.csv"))
                .contains("evil,<img onerror");
    }

    @Test
    void nonsenseInTheAddressIsSaidAndThePageIsShownAllTheSame() throws Exception {
        var page = page("shop", "?from=2026-11-20&to=2026-11-01&zone=Nowhere&meter=x&by=y");

        assertThat(page.select(".errsum li").eachText()).hasSize(2);
        assertThat(page.select(".answer").text()).startsWith("shop has used");
    }

    @Test
    void filesHaveExactAmounts() throws Exception {
        assertThat(body("shop", "/c/north/p/shop/usage/figures.csv?range=24h&meter=vcpus&zone=UTC"))
                .startsWith("from,to,measure,unit,id,name,amount")
                .contains("2026-11-21T10:00:00Z,2026-11-21T11:00:00Z,vcpus,vCPU-hours,db-1,db,4");
    }

    private Document page(String project, String query) throws Exception {
        return Jsoup.parse(body(project, "/c/north/p/" + project + "/usage" + query));
    }

    private Document open(String href) throws Exception {
        return Jsoup.parse(body("shop", href));
    }

    private String body(String project, String url) throws Exception {
        var response =
                mvc.perform(get(java.net.URI.create(url)).with(person(project)))
                        .andReturn()
                        .getResponse();
        assertThat(response.getStatus()).as(url).isEqualTo(200);
        return response.getContentAsString();
    }

    private static org.springframework.test.web.servlet.request.RequestPostProcessor person(
            String project) {
        var person =
                new Person(
                        UUID.randomUUID(),
                        new CloudName("north"),
                        new UserId("alice"),
                        "alice",
                        "Default",
                        NOW,
                        NOW.plusSeconds(3600),
                        List.of(new Membership(new ProjectId(project), project, Set.of("member"))));
        return authentication(
                UsernamePasswordAuthenticationToken.authenticated(person, null, List.of()));
    }
}

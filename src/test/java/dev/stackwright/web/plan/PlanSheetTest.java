package dev.stackwright.web.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.plan.SamplePlans;
import dev.stackwright.web.frame.Format;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

class PlanSheetTest {

    private static final Format FORMAT = format();

    @Test
    void saysTheWorstFirst() {
        assertThat(sentence("a-shop-moves-a-server"))
                .isEqualTo(
                        "Updating shop replaces 2 resources, changes 1 security group in place and"
                                + " creates 1 server. ");
        assertThat(sentence("replace-on-zone-change"))
                .isEqualTo(
                        "Updating shop replaces 1 server and changes 1 volume attachment in"
                                + " place. ");
        assertThat(sentence("update-in-place-and-a-parameter"))
                .isEqualTo("Updating shop changes 1 server in place. Nothing is lost.");
        assertThat(sentence("nothing-changes"))
                .isEqualTo("Updating shop changes no resource; only the text is kept.");
        assertThat(sentence("a-new-stack")).isEqualTo("Creating shop creates 7 resources. ");
        assertThat(sentence("a-stack-is-deleted")).isEqualTo("Deleting shop deletes 7 resources. ");
    }

    @Test
    void tellsWhoFollowsWhom() {
        var cards = new PlanSheet(SamplePlans.of("a-shop-moves-a-server").plan()).cards();

        assertThat(FORMAT.say(cards.getFirst().rule().getFirst().words()))
                .isEqualTo(
                        "A server cannot move to another zone, so changing availability_zone builds"
                                + " a new one.");
        assertThat(FORMAT.say(cards.getFirst().consequences().get(1).further()))
                .isEqualTo("Follows: member_3.");
        assertThat(FORMAT.say(cards.get(1).end())).isEqualTo("follows web_3");
    }

    @Test
    void showsNoSecret() {
        var cards = new PlanSheet(SamplePlans.of("secrets-stay-hidden").plan()).cards();

        assertThat(cards.toString()).doesNotContainIgnoringCase("S3cr3t");
    }

    @Test
    void hasWordsForEverythingThatAPlanCanSay() {
        for (var name :
                new String[] {
                    "a-shop-moves-a-server",
                    "a-new-stack",
                    "a-stack-is-deleted",
                    "failed-ones",
                    "another-type",
                    "something-is-adopted",
                    "old-one-goes-first"
                }) {
            var sheet = new PlanSheet(SamplePlans.of(name).plan());
            sheet.cards()
                    .forEach(card -> {
                        FORMAT.say(card.verb());
                        FORMAT.say(card.end());
                        card.rule().forEach(phrase -> FORMAT.say(phrase.words()));
                        card.rows().forEach(row -> FORMAT.say(row.note()));
                    });
            sheet.counts().forEach(count -> FORMAT.say(count.word()));
        }
    }

    private static String sentence(String name) {
        return new PlanSheet(SamplePlans.of(name).plan())
                .sentence().stream()
                        .map(phrase -> FORMAT.say(phrase.words()))
                        .collect(Collectors.joining());
    }

    private static Format format() {
        var messages = new ResourceBundleMessageSource();
        messages.setBasenames("messages.plan", "messages.frame");
        messages.setDefaultEncoding("UTF-8");
        return new Format(ZoneOffset.UTC, Locale.UK, Clock.systemUTC(), messages);
    }
}

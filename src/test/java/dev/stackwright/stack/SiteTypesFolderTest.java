package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.plan.Action;
import dev.stackwright.plan.Change;
import dev.stackwright.plan.Planner;
import dev.stackwright.plan.PropertyChange;
import dev.stackwright.plan.Sizes;
import dev.stackwright.template.Checked;
import dev.stackwright.template.Constraints;
import dev.stackwright.template.Environment;
import dev.stackwright.template.Extension;
import dev.stackwright.template.TemplateCheck;
import dev.stackwright.template.TemplateReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site's own types, from a file in a folder to a plan. */
class SiteTypesFolderTest {

    private static final String DNS =
            """
            {
              "Site::Dns::Name": {
                "title": "Name", "symbol": "network", "service": "dns",
                "translations": [ { "replace": "zone", "from": "domain" } ],
                "properties": {
                  "zone": {
                    "type": "string", "required": true, "why": "A name cannot move",
                    "constraints": [ { "find": "dns_domain" } ]
                  },
                  "domain": { "type": "string", "support": { "status": "hidden" } },
                  "ttl": {
                    "type": "integer", "change": "in-place", "default": 60,
                    "constraints": [ { "range": { "min": 1 } } ]
                  }
                },
                "attributes": { "fqdn": { "type": "string" } }
              }
            }
            """;

    @TempDir Path folder;

    private TemplateSettings settings() {
        return new TemplateSettings(524_288, 1_000, 5, Extension.ALL, folder);
    }

    private Checked check(String properties, String attribute) {
        var text =
                """
                heat_template_version: 2021-04-16
                resources:
                  shop: { type: Site::Dns::Name, properties: %s }
                outputs:
                  name: { value: { get_attr: [shop, %s] } }
                """
                        .formatted(properties, attribute);
        return TemplateCheck.check(
                TemplateReader.read(text).template().orElseThrow(),
                Environment.EMPTY,
                Map.of(),
                settings().catalog(),
                Constraints.UNCHECKED);
    }

    @Test
    void aTypeOfTheFolderIsCheckedAndPlannedAsAnyOther() throws IOException {
        Files.writeString(folder.resolve("dns.json"), DNS);
        Files.writeString(folder.resolve("readme.txt"), "no type at all");

        assertThat(settings().siteTypes().diagnostics()).isEmpty();
        var sound = check("{ zone: shop.test. }", "fqdn");
        assertThat(sound.diagnostics().all()).isEmpty();
        var plan =
                new Planner(settings().catalog(), Sizes.UNKNOWN)
                        .create(
                                "shop",
                                sound.template().orElseThrow(),
                                sound.template().orElseThrow().values());
        assertThat(plan.changes())
                .extracting(Change::title, Change::action)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("Name", Action.CREATE));
        assertThat(plan.changes().getFirst().properties())
                .extracting(PropertyChange::path)
                .contains("zone");

        assertThat(check("{ zone: shop, ttl: 0, tll: 3, domain: x. }", "fqnd").diagnostics().all())
                .extracting(Diagnostic::code)
                .containsExactlyInAnyOrder(
                        "SW1307", "SW1307", "SW1304", "SW1309", "SW1310", "SW1603");
    }

    @Test
    void aBrokenFileIsToldAndTheOthersHold() throws IOException {
        Files.writeString(folder.resolve("dns.json"), DNS);
        Files.writeString(folder.resolve("broken.json"), "{ \"Site::A::B\": ");
        Files.write(folder.resolve("picture.json"), new byte[] {(byte) 0xff, (byte) 0xd8, 0, 1});

        assertThat(settings().siteTypes().diagnostics())
                .containsOnlyKeys("broken.json", "picture.json");
        assertThat(settings().catalog().find("Site::Dns::Name")).isPresent();
        assertThat(settings().catalog().find("OS::Nova::Server")).isPresent();
    }

    @Test
    void aFolderThatIsNotThereStopsTheStart() {
        var nowhere =
                new TemplateSettings(524_288, 1_000, 5, Extension.ALL, folder.resolve("nowhere"));

        assertThatThrownBy(nowhere::siteTypes)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("stackwright.template.types");
    }
}

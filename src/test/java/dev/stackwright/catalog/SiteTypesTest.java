package dev.stackwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.kernel.Diagnostic;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SiteTypesTest {

    private static final String DNS =
            """
            {
              "Site::Dns::Name": {
                "title": "Name", "symbol": "network", "service": "dns",
                "properties": { "zone": { "type": "string", "required": true } },
                "attributes": { "fqdn": { "type": "string" } }
              }
            }
            """;

    @Test
    void aSitesTypesStandBesideTheBuiltInOnes() {
        var site = SiteTypes.read(Map.of("dns.json", DNS));
        var catalog = Catalog.builtIn().with(site.types());

        assertThat(site.diagnostics()).isEmpty();
        assertThat(catalog.find("Site::Dns::Name").orElseThrow().properties())
                .containsOnlyKeys("zone");
        assertThat(catalog.find("OS::Nova::Server")).isPresent();
        assertThat(catalog.find("OS::Quantum::Net")).isPresent();
        assertThat(catalog.types()).hasSize(Catalog.builtIn().types().size() + 1);
    }

    @Test
    void aBuiltInTypeStaysWhatItIs() {
        var other = DNS.replace("Site::Dns::Name", "OS::Nova::Server");
        var catalog = Catalog.builtIn().with(SiteTypes.read(Map.of("a.json", other)).types());

        assertThat(catalog.find("OS::Nova::Server").orElseThrow().properties())
                .containsKey("flavor");
    }

    @Test
    void whatCannotBeUsedIsLeftOutAndTold() {
        var half = DNS.replaceFirst("\\}\\s*$", ", \"Site::Dns::Zone\": { \"title\": 3 } }");
        var site =
                SiteTypes.read(
                        Map.of(
                                "a.json", half,
                                "b.json", "{\n  \"x\": ",
                                "c.json", "[]",
                                "d.json", "{ \"no name\": {} }"));

        assertThat(site.types()).extracting(ResourceType::name).containsExactly("Site::Dns::Name");
        assertThat(site.diagnostics()).containsOnlyKeys("a.json", "b.json", "c.json", "d.json");
        assertThat(site.diagnostics().values().stream().flatMap(said -> said.all().stream()))
                .extracting(Diagnostic::code)
                .containsOnly("SW2001");
        assertThat(site.diagnostics().get("b.json"))
                .isNotNull()
                .allMatch(found -> found.range().line() == 2);
    }

    @Test
    void typesOnTheirWayOutNameTheirSuccessor() {
        assertThat(Catalog.builtIn().types())
                .filteredOn(type -> type.successor() != null)
                .hasSizeGreaterThan(20)
                .allMatch(type -> type.support().isDiscouraged() || type.retired());
        assertThat(Catalog.builtIn().types())
                .extracting(ResourceType::successor)
                .filteredOn(name -> name != null && !name.contains(" "))
                .allMatch(name -> Catalog.builtIn().find(String.valueOf(name)).isPresent());
    }
}

package dev.stackwright.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.catalog.PropertyConstraint;
import dev.stackwright.catalog.PropertySchema;
import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomConstraintsTest {

    private static boolean takes(String name, String text) {
        return CustomConstraints.check(name, Value.of(text), Constraints.UNCHECKED).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    ip_addr, '10.0.0.1', true
                    ip_addr, '10.0.0', false
                    ip_addr, '10', false
                    ip_addr, '256.1.1.1', false
                    ip_addr, '010.0.0.1', false
                    ip_addr, '1.2.3.4.5', false
                    ip_addr, '', false
                    ip_addr, '::1', true
                    ip_addr, 'fe80::1%eth0', false
                    ip_addr, '1::2::3', false
                    ip_addr, '::ffff:1.2.3.4', true
                    ip_addr, 'fe80::1/64', false
                    ip_addr, '1.2.3.4/24', false
                    ip_addr, ' 10.0.0.1', false
                    ip_addr, '10.0.0.1 ', false
                    ip_addr, 'abcd', false
                    ip_addr, '2001:db8:0:0:0:0:0:1', true
                    ip_addr, '2001:db8:0:0:0:0:1', false
                    ip_addr, '0x7f.1', false
                    mac_addr, 'fa:16:3e:00:00:01', true
                    mac_addr, 'fa-16-3e-00-00-01', true
                    mac_addr, 'fa16.3e00.0001', true
                    mac_addr, 'fa163e000001', true
                    mac_addr, 'FA:16:3E:0:0:1', true
                    mac_addr, 'fa:16:3e:00:00', false
                    mac_addr, 'fa:16:3e:00:00:gg', false
                    mac_addr, '', false
                    mac_addr, 'fa:16-3e:00:00:01', false
                    mac_addr, 'fa:16:3e:00:00:01:02', false
                    mac_addr, 'fa163e-000001', true
                    mac_addr, '1', false
                    net_cidr, '10.0.0.0/24', true
                    net_cidr, '10.0.0.5/24', true
                    net_cidr, '10.0.0.0', false
                    net_cidr, '10.0.0', false
                    net_cidr, '10', false
                    net_cidr, '10.0/16', false
                    net_cidr, '10/8', false
                    net_cidr, '10.0.0.0/33', false
                    net_cidr, '10.0.0.0/255.255.255.0', false
                    net_cidr, '10.0.0.0/0.0.0.255', false
                    net_cidr, '::/0', true
                    net_cidr, '2001:db8::/32', true
                    net_cidr, '2001:db8::/129', false
                    net_cidr, '', false
                    net_cidr, '10.0.0.0 /24', false
                    net_cidr, ' 10.0.0.0/24', false
                    net_cidr, 'abc', false
                    net_cidr, '10.0.0.0/', false
                    net_cidr, '10.0.0.0/-1', false
                    net_cidr, 'fe80::1', false
                    net_cidr, '10.0.0.0/024', false
                    net_cidr, '1.2.3.4/a', false
                    net_cidr, '300.0.0.0/8', false
                    net_cidr, '10.0.0.0/255.255.0.255', false
                    net_cidr, '2001:db8::/ffff:ffff::', true
                    net_cidr, '0/0', false
                    net_cidr, '10.0.0.0/24/8', false
                    net_cidr, '010.0.0.0/8', false
                    net_cidr, '10.0.0.0/0.0.0.0', false
                    net_cidr, '10.0.0.0/255.255.255.255', false
                    ip_or_cidr, '10.0.0.1', true
                    ip_or_cidr, '10.0.0.0/24', true
                    ip_or_cidr, '10.0.0.5/24', true
                    ip_or_cidr, '10.0.0', false
                    ip_or_cidr, 'abc', false
                    ip_or_cidr, '', false
                    ip_or_cidr, '::1', true
                    ip_or_cidr, '::/0', true
                    ip_or_cidr, '::1/129', false
                    ip_or_cidr, '10/8', false
                    cron_expression, '* * * * *', true
                    cron_expression, '*/5 * * * *', true
                    cron_expression, '0 0 1 1 *', true
                    cron_expression, '0 0 1 1 0', true
                    cron_expression, '60 * * * *', false
                    cron_expression, '* 24 * * *', false
                    cron_expression, '* * 0 * *', false
                    cron_expression, '* * 32 * *', false
                    cron_expression, '* * * 13 *', false
                    cron_expression, '* * * * 8', false
                    cron_expression, '* * * * 7', true
                    cron_expression, '* * * jan mon', true
                    cron_expression, '* * * JAN-MAR MON-FRI', true
                    cron_expression, '* * * * mon#2', true
                    cron_expression, '* * * * L', false
                    cron_expression, '* * L * *', true
                    cron_expression, '1-5 * * * *', true
                    cron_expression, '5-1 * * * *', false
                    cron_expression, '1-10/3 * * * *', true
                    cron_expression, '*/0 * * * *', false
                    cron_expression, '1,2,3 * * * *', true
                    cron_expression, 'a * * * *', false
                    cron_expression, '* * * *', false
                    cron_expression, '* * * * * *', true
                    cron_expression, '* * * * * * *', false
                    cron_expression, '', true
                    cron_expression, '@daily', true
                    cron_expression, '@hourly', true
                    cron_expression, '@weekly', true
                    cron_expression, '@reboot', false
                    cron_expression, '? ? ? ? ?', false
                    cron_expression, '*/61 * * * *', true
                    cron_expression, '1/5 * * * *', true
                    cron_expression, '0 0 ? * *', false
                    cron_expression, '0 0 * * 1L', false
                    cron_expression, '0 0 * * L5', true
                    cron_expression, '0 0 * * 5#6', false
                    cron_expression, '1,,2 * * * *', false
                    cron_expression, '-1 * * * *', false
                    cron_expression, '  * * * * *  ', true
                    cron_expression, '* * 31 2 *', true
                    cron_expression, '* * 30 2 *', true
                    cron_expression, '0 0 * * sun-mon', true
                    cron_expression, '* * * * fri-mon', false
                    cron_expression, '22-2 * * * *', false
                    cron_expression, '* 22-2 * * *', false
                    cron_expression, '0 0 L,15 * *', true
                    cron_expression, 'H * * * *', false
                    cron_expression, 'R * * * *', true
                    cron_expression, '*-5 * * * *', false
                    cron_expression, '1-61 * * * *', false
                    cron_expression, '* * * * 1#0', false
                    cron_expression, '* * * foo *', false
                    cron_expression, '* * * * * 61', false
                    cron_expression, '0 0 1W * *', false
                    cron_expression, '1- * * * *', false
                    cron_expression, '*/a * * * *', false
                    cron_expression, '*/-5 * * * *', false
                    cron_expression, '* * * * 0-7', true
                    cron_expression, '@yearly', true
                    cron_expression, '@annually', true
                    cron_expression, '@midnight', true
                    cron_expression, '@monthly', true
                    cron_expression, '@every', false
                    cron_expression, '1.5 * * * *', false
                    cron_expression, '* * * * TUE,thu', true
                    timezone, 'UTC', true
                    timezone, 'Europe/Berlin', true
                    timezone, 'europe/berlin', true
                    timezone, 'Europe/Atlantis', false
                    timezone, '', true
                    timezone, 'GMT+5', false
                    timezone, 'Etc/GMT+5', true
                    timezone, 'EST', true
                    timezone, 'US/Eastern', true
                    timezone, 'Zulu', true
                    timezone, 'local', false
                    timezone, 'EST5EDT', true
                    timezone, 'Asia/Calcutta', true
                    timezone, 'utc', true
                    timezone, 'Europe', false
                    timezone, '../etc/passwd', false
                    timezone, 'Europe/Berlin ', false
                    timezone, '+02:00', false
                    timezone, 'UTC+1', false
                    timezone, 'GMT0', true
                    timezone, 'PST8PDT', true
                    timezone, 'CET', true
                    timezone, 'PST', false
                    timezone, 'CST', false
                    timezone, 'Z', false
                    timezone, 'America/Argentina/Buenos_Aires', true
                    timezone, 'US/Pacific-New', false
                    timezone, 'posix/UTC', false
                    iso_8601, '2026-01-01T00:00:00Z', true
                    iso_8601, '2026-01-01T00:00:00', true
                    iso_8601, '2026-01-01', true
                    iso_8601, '20260101T000000Z', true
                    iso_8601, '2026-01-01 00:00:00', true
                    iso_8601, '2026-13-01T00:00:00Z', false
                    iso_8601, 'abc', false
                    iso_8601, '', false
                    iso_8601, '2026-02-30', false
                    iso_8601, '2026-01-01T25:00:00Z', false
                    iso_8601, '2026', true
                    iso_8601, '2026-01', true
                    iso_8601, '2026-01-01T00:00:00+02:00', true
                    iso_8601, '2026-01-01T00:00:00.123456Z', true
                    iso_8601, '2026-01-01T00:00', true
                    iso_8601, '26-01-01', false
                    iso_8601, '2026-1-1', true
                    iso_8601, '2026-01-01T1:00:00', false
                    iso_8601, '20260101', true
                    iso_8601, '2026-01-01T00', true
                    iso_8601, '2026-01-01T00:00:00+0200', true
                    iso_8601, '2026-01-01T00:00:00+02', true
                    iso_8601, '2026-W01', false
                    expiration, '2099-01-01T00:00:00Z', true
                    expiration, '2099-01-01', true
                    expiration, '', true
                    expiration, 'abc', false
                    expiration, ' 2099-01-01T00:00:00Z ', true
                    expiration, '2099-01-01T00:00:00+02:00', true
                    expiration, '2099', true
                    dns_name, 'a', true
                    dns_name, 'a.b', true
                    dns_name, 'a.b.', true
                    dns_name, 'A.b', false
                    dns_name, 'a..b', false
                    dns_name, '', true
                    dns_name, '.', false
                    dns_name, '-a.b', false
                    dns_name, 'a-.b', false
                    dns_name, 'a_b.c', false
                    dns_name, 'a.123', true
                    dns_name, 'a.123.', false
                    dns_name, 'a b', false
                    dns_name, 'a.b..', false
                    rel_dns_name, 'a', true
                    rel_dns_name, 'a.b', true
                    rel_dns_name, 'a.b.', false
                    rel_dns_name, 'A.b', false
                    rel_dns_name, '', true
                    rel_dns_name, 'a.b.c', true
                    rel_dns_name, '-a', false
                    dns_domain, 'a.b.', true
                    dns_domain, 'a.b', false
                    dns_domain, 'a.', true
                    dns_domain, 'a', false
                    dns_domain, '', true
                    dns_domain, '.', false
                    dns_domain, 'A.b.', false
                    dns_domain, 'a.1.', false
                    dns_domain, 'a.b..', false
                    dns_domain, '-a.b.', false
                    test_constr, 'anything', true
                    nova.network, 'anything', true
                    json_string, '{"a": 1}', true
                    json_string, '[]', true
                    json_string, 'abc', false
                    json_string, '', false
                    """)
    void judgesTheFormOfATextAsHeatDoes(String name, String text, boolean right) {
        assertThat(takes(name, text)).as("%s <- %s", name, text).isEqualTo(right);
    }

    @Test
    void knowsHowLongADomainNameMayBe() {
        assertThat(takes("dns_name", "a".repeat(63))).isTrue();
        assertThat(takes("dns_name", "a".repeat(64))).isFalse();
        String four = ("a".repeat(60) + ".").repeat(4);
        assertThat(takes("dns_name", four + "a".repeat(11))).isTrue();
        assertThat(takes("dns_name", four + "a".repeat(12))).isFalse();
        assertThat(takes("rel_dns_name", four + "a".repeat(8))).isTrue();
        assertThat(takes("rel_dns_name", four + "a".repeat(9))).isFalse();
    }

    @Test
    void knowsEveryNameThatAResourceTypeAsksFor() {
        var unknown =
                Catalog.builtIn().types().stream()
                        .flatMap(type -> names(type.properties().values()).stream())
                        .distinct()
                        .filter(name -> !CustomConstraints.isKnown(name))
                        .toList();

        assertThat(unknown).isEmpty();
    }

    private static List<String> names(Collection<PropertySchema> schemas) {
        var names = new ArrayList<String>();
        for (PropertySchema schema : schemas) {
            schema.constraints().stream()
                    .filter(PropertyConstraint.Find.class::isInstance)
                    .forEach(find -> names.add(((PropertyConstraint.Find) find).name()));
            names.addAll(names(schema.fields().values()));
            if (schema.item() != null) {
                names.addAll(names(List.of(schema.item())));
            }
        }
        return names;
    }

    @Test
    void asksTheCloudForEachItemOfAListAndForNumbersAsTexts() {
        var asked = new ArrayList<String>();
        Constraints cloud =
                (name, value) -> {
                    asked.add(name + " " + value);
                    return value.equals(Value.of("gone"))
                            ? Optional.of("It is not there.")
                            : Optional.empty();
                };

        var problem =
                CustomConstraints.check(
                        "neutron.network",
                        Value.list(Value.of("here"), Value.of(7), Value.of("gone")),
                        cloud);

        assertThat(problem).contains("It is not there.");
        assertThat(asked).hasSize(3).allMatch(question -> question.startsWith("neutron.network"));
        assertThat(CustomConstraints.check("ip_addr", Value.of(7), cloud)).isPresent();
        assertThat(asked).hasSize(3);
    }

    @Test
    void anUnknownNameIsToldWhereItStandsAndRefusesEachValueButNotTheDefault() {
        String template =
                """
                heat_template_version: 2018-08-31
                parameters:
                  image:
                    type: string
                    default: cirros
                    constraints:
                      - custom_constraint: glance.imag
                outputs:
                  image: {value: {get_param: image}}
                """;

        assertThat(check(template, Map.of()).all())
                .extracting(Diagnostic::code, each -> each.range().line(), Diagnostic::detail)
                .containsExactly(
                        tuple(
                                "SW1211",
                                7,
                                "There is no custom constraint `glance.imag`. Did you mean"
                                        + " `glance.image`?"));
        assertThat(check(template, Map.of()).all().getFirst().fixes().getFirst().replacement())
                .isEqualTo("glance.image");
        assertThat(check(template, Map.of("image", Value.of("cirros"))).all())
                .extracting(Diagnostic::code)
                .containsExactlyInAnyOrder("SW1211", "SW1205");
    }

    private static Diagnostics check(String text, Map<String, Value> parameters) {
        return TemplateCheck.check(
                        TemplateReader.read(text).template().orElseThrow(),
                        Environment.of(parameters),
                        Map.of(),
                        Catalog.builtIn(),
                        Constraints.UNCHECKED)
                .diagnostics();
    }
}

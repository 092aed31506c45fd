package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The custom constraints by name: those about the form of a text are answered here, those about
 * what the cloud has are handed on.
 */
final class CustomConstraints {

    /** What a cloud or one of its services has to be asked about. */
    private static final Set<String> OF_THE_CLOUD =
            Set.of(
                    """
                    barbican.container barbican.secret blazar.reservation
                    cinder.backup cinder.qos_specs cinder.snapshot cinder.volume cinder.vtype
                    designate.zone glance.image ironic.node ironic.portgroup
                    keystone.domain keystone.group keystone.project keystone.region keystone.role
                    keystone.service keystone.user magnum.cluster_template
                    manila.share_network manila.share_snapshot manila.share_type mistral.workflow
                    neutron.address_scope neutron.flow_classifier neutron.lbaas.listener
                    neutron.lbaas.loadbalancer neutron.lbaas.pool neutron.lbaas.provider
                    neutron.network neutron.port neutron.port_pair neutron.port_pair_group
                    neutron.qos_policy neutron.router neutron.security_group neutron.segment
                    neutron.subnet neutron.subnetpool neutron.taas.tap_flow
                    neutron.taas.tap_service nova.flavor nova.host nova.keypair nova.server
                    octavia.availabilityzone octavia.availabilityzoneprofile octavia.flavor
                    octavia.flavorprofile octavia.l7policy octavia.listener octavia.loadbalancer
                    octavia.pool trove.flavor zaqar.queue\
                    """
                            .split("\\s+"));

    /** Heat waits a while for these, and then takes any value. */
    private static final Set<String> OF_HEATS_TESTS = Set.of("test_constr", "nova.network");

    private static final Collection<String> NAMES = names();

    private CustomConstraints() {}

    private static Collection<String> names() {
        var names = new TreeSet<>(OF_THE_CLOUD);
        names.addAll(OF_HEATS_TESTS);
        names.addAll(PlainConstraints.NAMES);
        return names;
    }

    static boolean isKnown(String name) {
        return NAMES.contains(name);
    }

    /** What was probably meant by a name that is none. */
    static Optional<String> meant(String name) {
        return Guess.nearest(name, NAMES);
    }

    /** What is wrong with a value, as a full sentence. Of a list each item has to be right. */
    static Optional<String> check(String name, Value value, Constraints constraints) {
        if (!isKnown(name)) {
            return Optional.of(
                    "There is no custom constraint `%s`.".formatted(name)
                            + meant(name).map(" Did you mean `%s`?"::formatted).orElse(""));
        }
        return switch (value) {
            case Value.Text(var text) -> one(name, text, constraints);
            case Value.Num _, Value.Bool _ -> one(name, PythonText.str(value), constraints);
            case Value.Items(var items) ->
                    items.stream()
                            .flatMap(item -> check(name, item, constraints).stream())
                            .findFirst();
            case Value.Null _, Value.Entries _, Value.Unknown _ -> Optional.empty();
        };
    }

    private static Optional<String> one(String name, String text, Constraints constraints) {
        return PlainConstraints.check(name, text).or(() -> constraints.check(name, Value.of(text)));
    }
}

package dev.stackwright.inventory.collect;

import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.store.SearchText;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads what people type to find an object: its id, its name from each word on, addresses. */
final class Terms {

    private Terms() {}

    static Set<String> ofServer(String id, String name, String addresses) {
        var terms = new LinkedHashSet<String>();
        add(terms, id);
        terms.addAll(SearchText.words(name));
        for (var address : addresses.strip().split(" ")) {
            add(terms, address);
        }
        return Set.copyOf(terms);
    }

    static Set<String> of(Kind kind, String id, String name, JsonNode node) {
        var terms = new LinkedHashSet<String>();
        // A keypair's id begins with whose it is, and its name is all that people know.
        if (kind != Kind.KEYPAIR) {
            add(terms, id);
        }
        terms.addAll(SearchText.words(name));
        switch (kind) {
            case PORT -> {
                add(terms, Reading.text(node, "mac_address"));
                node.path("fixed_ips")
                        .forEach(each -> add(terms, Reading.text(each, "ip_address")));
            }
            case FLOATING_IP -> {
                add(terms, Reading.text(node, "floating_ip_address"));
                add(terms, Reading.text(node, "fixed_ip_address"));
            }
            case SUBNET -> {
                add(terms, Reading.text(node, "cidr"));
                add(terms, Reading.text(node, "gateway_ip"));
            }
            case ROUTER ->
                    node.path("external_gateway_info")
                            .path("external_fixed_ips")
                            .forEach(each -> add(terms, Reading.text(each, "ip_address")));
            case HYPERVISOR -> add(terms, Reading.text(node, "host_ip"));
            default -> {
                // Has no address.
            }
        }
        return Set.copyOf(terms);
    }

    private static void add(Set<String> terms, String text) {
        var term = SearchText.term(text);
        if (!term.isEmpty()) {
            terms.add(term);
        }
    }
}

package dev.stackwright.demo;

import static dev.stackwright.demo.Json.text;

import tools.jackson.databind.node.ObjectNode;

/** Finds the server that a caller means. */
final class ServerDocuments {

    private final World world;
    private final Servers servers;

    ServerDocuments(World world, Servers servers) {
        this.world = world;
        this.servers = servers;
    }

    ObjectNode find(Call call) {
        ObjectNode server = servers.table().get(call.name(0));
        if (server == null || !call.grant().sees(text(server, "tenant_id"))) {
            throw new Refusal(404, "Instance " + call.name(0) + " could not be found.");
        }
        return server;
    }

    String password() {
        return World.hexOf("password " + world.newId()).substring(0, 12);
    }

    ObjectNode findOrGone(Call call) {
        ObjectNode server = servers.gone().get(call.name(0));
        return server != null && call.grant().sees(text(server, "tenant_id")) && call.since(21)
                ? server
                : find(call);
    }
}

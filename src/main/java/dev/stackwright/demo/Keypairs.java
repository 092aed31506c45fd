package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The SSH keys of people. */
final class Keypairs {

    private final World world;
    private final Bus bus;
    private final Map<String, ObjectNode> keypairs;
    private final String base;

    Keypairs(World world, Bus bus, String base) {
        this.world = world;
        this.bus = bus;
        this.keypairs = world.table("keypair");
        this.base = base;
    }

    @Nullable ObjectNode keypair(String userId, String name) {
        return keypairs.get(userId + " " + name);
    }

    void addKeypair(String userId, String name, String publicKey) {
        keypairs.put(
                userId + " " + name,
                object(
                        "name",
                        name,
                        "public_key",
                        publicKey,
                        "fingerprint",
                        fingerprint(publicKey),
                        "type",
                        "ssh",
                        "_user",
                        userId,
                        "_created",
                        world.stampWithMicros(),
                        "_number",
                        keypairs.size() + 1));
    }

    private static String fingerprint(String key) {
        return World.hexOf("fingerprint " + key).replaceAll("(..)(?!$)", "$1:");
    }

    private static ObjectNode keypairView(Call call, ObjectNode keypair) {
        ObjectNode shown =
                object(
                        "name",
                        text(keypair, "name"),
                        "public_key",
                        text(keypair, "public_key"),
                        "fingerprint",
                        text(keypair, "fingerprint"));
        return call.since(2) ? shown.put("type", text(keypair, "type")) : shown;
    }

    private String keypairOwner(Call call, String rule) {
        String asked = call.query("user_id");
        if (asked == null || asked.equals(call.grant().userId()) || !call.since(10)) {
            return call.grant().userId();
        }
        Policy.COMPUTE.needAdmin(call, rule);
        return asked;
    }

    ObjectNode keypair(Call call, String rule) {
        String owner = keypairOwner(call, rule);
        ObjectNode keypair = keypair(owner, call.name(0));
        if (keypair == null) {
            throw new Refusal(404, "Keypair " + call.name(0) + " not found for user " + owner);
        }
        return keypair;
    }

    void keypairRoutes(ComputeService service) {
        String path = "/v2.1/os-keypairs";
        service.route(
                "GET",
                path,
                call -> {
                    String owner = keypairOwner(call, "os-keypairs:index");
                    if (call.since(75)) {
                        NovaQuery.only(call, Set.of("user_id", "limit", "marker"));
                    }
                    NovaQuery.digits(call, "limit");
                    List<ObjectNode> own = new ArrayList<>();
                    keypairs.values().stream()
                            .filter(each -> text(each, "_user").equals(owner))
                            .forEach(own::add);
                    Page page =
                            call.since(35)
                                    ? ComputeCatalog.page(
                                            call,
                                            own,
                                            "name",
                                            marker ->
                                                    new Refusal(
                                                            400,
                                                            "Marker "
                                                                    + marker
                                                                    + " could not be found."))
                                    : new Page(own, false);
                    ObjectNode reply = object();
                    ArrayNode shown = reply.putArray("keypairs");
                    page.items()
                            .forEach(each -> shown.add(object("keypair", keypairView(call, each))));
                    if (page.full()) {
                        reply.set(
                                "keypairs_links",
                                ComputeCatalog.next(base, call, page.last("name")));
                    }
                    return Reply.ok(reply);
                });
        service.route(
                "GET",
                path + "/{}",
                call -> {
                    ObjectNode keypair = keypair(call, "os-keypairs:show");
                    ObjectNode shown = keypairView(call, keypair);
                    shown.put("user_id", text(keypair, "_user"))
                            .put("created_at", text(keypair, "_created"))
                            .put("deleted", false);
                    shown.putNull("deleted_at")
                            .put("id", Json.number(keypair, "_number", 0))
                            .putNull("updated_at");
                    return Reply.ok(object("keypair", shown));
                });
        service.route("POST", path, this::createKeypair);
        service.route(
                "DELETE",
                path + "/{}",
                call -> {
                    ObjectNode keypair = keypair(call, "os-keypairs:delete");
                    keypairs.remove(text(keypair, "_user") + " " + text(keypair, "name"));
                    tellKeypair(
                            call, "keypair.delete", text(keypair, "_user"), text(keypair, "name"));
                    return Reply.empty(call.since(2) ? 204 : 202);
                });
    }

    private Reply createKeypair(Call call) {
        ObjectNode asked = call.body("keypair");
        String name = text(asked, "name");
        String owner =
                asked.hasNonNull("user_id") && call.since(10)
                        ? text(asked, "user_id")
                        : call.grant().userId();
        if (!owner.equals(call.grant().userId())) {
            Policy.COMPUTE.needAdmin(call, "os-keypairs:create");
        }
        if (!asked.hasNonNull("public_key") && call.since(92)) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute keypair. Value: {'name': '"
                            + name
                            + "'}. 'public_key' is a required property");
        }
        if (keypair(owner, name) != null) {
            throw new Refusal(409, "Key pair '" + name + "' already exists.");
        }
        String publicKey = text(asked, "public_key");
        ObjectNode reply = object();
        if (publicKey.isEmpty()) {
            java.security.KeyPair made = generate();
            publicKey =
                    "ssh-rsa "
                            + Base64.getEncoder()
                                    .withoutPadding()
                                    .encodeToString(made.getPublic().getEncoded())
                            + " Generated-by-Nova";
            reply.put(
                    "private_key",
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(made.getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
        } else if (!publicKey.startsWith("ssh-") && !publicKey.startsWith("ecdsa-")) {
            throw new Refusal(400, "Keypair data is invalid: failed to generate fingerprint");
        }
        addKeypair(owner, name, publicKey);
        ObjectNode keypair = keypair(owner, name);
        if (keypair != null) {
            reply.setAll(keypairView(call, keypair));
        }
        reply.put("user_id", owner);
        tellKeypair(call, "keypair.create", owner, name);
        return Reply.of(call.since(2) ? 201 : 200, object("keypair", reply));
    }

    private static java.security.KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tellKeypair(Call call, String event, String user, String name) {
        for (String phase : List.of(".start", ".end")) {
            bus.say(
                    "nova",
                    "api.control1",
                    event + phase,
                    object("tenant_id", call.grant().project(), "user_id", user, "key_name", name),
                    Bus.Asker.of(call));
        }
    }
}

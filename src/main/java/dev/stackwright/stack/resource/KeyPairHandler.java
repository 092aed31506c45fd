package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A key pair: its name is its id. One that is there before we begin is somebody else's. */
final class KeyPairHandler implements ResourceHandler {

    @Override
    public Set<String> types() {
        return Set.of("OS::Nova::KeyPair");
    }

    @Override
    public StepOutcome create(Work work) {
        if (work.exists()) {
            return work.done();
        }
        var name = work.required("name");
        boolean keep = work.json("save_private_key").asBoolean(false);
        if (work.mayHaveBeenMade()) {
            // Nothing had this name when we began. Its private key is lost with the answer.
            gone(work, name);
        } else if (show(work, name).isPresent()) {
            return Work.failed(
                    "You have a key pair named %s already; give this one another name"
                            .formatted(name));
        }
        var wanted = RestHandler.object().put("name", name);
        work.given("public_key").ifPresent(given -> wanted.put("public_key", given));
        var request = Request.post(Service.COMPUTE, "/os-keypairs").body(Map.of("keypair", wanted));
        var type = work.given("type");
        if (type.isPresent()) {
            wanted.put("type", type.get());
            request = request.microversion("2.2");
        }
        var answer =
                work.journaled(
                        "make",
                        request,
                        made -> {
                            var memory = work.memory().put("id", name);
                            var secret =
                                    made.body().path("keypair").path("private_key").asString("");
                            return keep && !secret.isEmpty()
                                    ? memory.put("private_key", work.sealed(secret))
                                    : memory;
                        });
        work.seen(answer.body().path("keypair"));
        return work.done();
    }

    @Override
    public StepOutcome delete(Work work) {
        if (work.exists()) {
            gone(work, work.physicalId());
        }
        return work.done();
    }

    private static void gone(Work work, String name) {
        work.drop("delete", Request.delete(Service.COMPUTE, "/os-keypairs/{}", name));
    }

    private static Optional<JsonNode> show(Work work, String name) {
        return work.find(Request.get(Service.COMPUTE, "/os-keypairs/{}", name))
                .map(answer -> answer.path("keypair"));
    }

    @Override
    public Map<String, Value> attributes(Work work) {
        var live = work.live().or(() -> show(work, work.physicalId()));
        var attributes = new LinkedHashMap<String, Value>();
        attributes.put(
                "public_key",
                Properties.value(live.orElse(RestHandler.object()).path("public_key")));
        var secret = work.memory().path("private_key").asString("");
        attributes.put("private_key", Value.of(secret.isEmpty() ? "" : work.opened(secret)));
        return attributes;
    }
}

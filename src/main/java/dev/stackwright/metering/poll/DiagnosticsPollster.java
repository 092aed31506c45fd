package dev.stackwright.metering.poll;

import dev.stackwright.cloud.Account;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.metering.Diagnostics;
import dev.stackwright.metering.Diagnostics.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads Nova's diagnostics, which serve where no agent runs on the hosts. */
final class DiagnosticsPollster implements Pollster {

    /** So many questions are open at Nova at a time; each goes on to a hypervisor. */
    private static final int AT_ONCE = 8;

    private static final int SERVERS_AT_ONCE = 500;

    private final Diagnostics diagnostics;
    private final Duration every;

    DiagnosticsPollster(Diagnostics diagnostics, Duration every) {
        this.diagnostics = diagnostics;
        this.every = every;
    }

    @Override
    public String name() {
        return "diagnostics";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public void poll(CloudName cloud, Account account, Instant begun, @Nullable Instant previous) {
        // Whole seconds take less room beside each of the samples.
        var at = begun.truncatedTo(ChronoUnit.SECONDS);
        List<JsonNode> running = new ArrayList<>();
        account.as(os -> {
            os.eachPage(
                    Request.get(Service.COMPUTE, "/servers/detail")
                            .query("all_tenants", "1")
                            .query("status", "ACTIVE"),
                    "servers",
                    page -> page.forEach(server -> running.add(brief(server))));
            return running;
        });
        for (var i = 0; i < running.size(); i += SERVERS_AT_ONCE) {
            var some = running.subList(i, Math.min(running.size(), i + SERVERS_AT_ONCE));
            keep(answers(cloud, account, some, at));
        }
    }

    /** Ten thousand whole servers are more than a heap should hold for three words of each. */
    private static JsonNode brief(JsonNode server) {
        return server instanceof ObjectNode object
                ? object.retain("id", "tenant_id", "user_id")
                : server;
    }

    private static List<Future<Optional<Reading>>> answers(
            CloudName cloud, Account account, List<JsonNode> running, Instant at) {
        var turns = new Semaphore(AT_ONCE);
        List<Future<Optional<Reading>>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var server : running) {
                Callable<Optional<Reading>> question =
                        () -> {
                            turns.acquire();
                            try {
                                return diagnostics(account, server)
                                        .map(body -> new Reading(cloud, server, body, at));
                            } finally {
                                turns.release();
                            }
                        };
                answers.add(threads.submit(question));
            }
        }
        return answers;
    }

    private void keep(List<Future<Optional<Reading>>> answers) {
        List<Reading> readings = new ArrayList<>();
        for (var answer : answers) {
            answered(answer).ifPresent(readings::add);
        }
        diagnostics.keep(readings);
    }

    private static Optional<Reading> answered(Future<Optional<Reading>> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Empty for an instance that has just stopped, or whose host does not answer. */
    private static Optional<JsonNode> diagnostics(Account account, JsonNode server) {
        try {
            return account.as(os ->
                    os.find(
                                    Request.get(
                                                    Service.COMPUTE,
                                                    "/servers/{}/diagnostics",
                                                    server.path("id").asString())
                                            .microversion("2.48"))
                            .map(answer -> answer.body()));
        } catch (CloudFailure failure) {
            return Optional.empty();
        }
    }
}

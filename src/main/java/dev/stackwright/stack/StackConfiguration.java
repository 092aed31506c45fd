package dev.stackwright.stack;

import dev.stackwright.access.Vault;
import dev.stackwright.catalog.Catalog;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.execution.ExecutionListener;
import dev.stackwright.execution.Executions;
import dev.stackwright.execution.StepHandler;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.metering.StackMembership;
import dev.stackwright.stack.store.HookStore;
import dev.stackwright.stack.store.SignalStore;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.template.Limits;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the room together. */
@Configuration(proxyBeanMethods = false)
class StackConfiguration {

    private static final Logger log = LoggerFactory.getLogger(StackConfiguration.class);

    /** The built-in types and the site's own. */
    @Bean
    Catalog catalog(TemplateSettings templates) {
        return templates.catalog();
    }

    /** What a template may have. */
    @Bean
    Limits templateLimits(TemplateSettings templates) {
        return templates.limits();
    }

    @Bean
    StackRoom stackRoom(
            StackStore store,
            SignalStore signals,
            HookStore hooks,
            Clouds clouds,
            Vault vault,
            Clock clock,
            TemplateSettings templates,
            StackSettings settings) {
        templates
                .siteTypes()
                .diagnostics()
                .forEach((file, said) ->
                        said.forEach(found ->
                                log.warn(
                                        "Resource types in {}, line {}: {}",
                                        file,
                                        found.range().line(),
                                        found.detail())));
        return new StackRoom(store, signals, hooks, clouds, vault, clock, templates, settings);
    }

    @Bean
    StepHandler resourceSteps(StackRoom room, Executions executions) {
        return room.steps(executions).get(0);
    }

    @Bean
    StepHandler settleStep(StackRoom room, Executions executions) {
        return room.steps(executions).get(1);
    }

    @Bean
    StepHandler endCredentialStep(StackRoom room, Executions executions) {
        return room.steps(executions).get(2);
    }

    @Bean
    ExecutionListener stackScribe(
            StackRoom room, Executions executions, ApplicationEventPublisher publisher) {
        return room.scribe(executions, publisher);
    }

    @Bean
    Stacks stacks(StackRoom room, Executions executions, Inventory inventory) {
        return room.stacks(executions, inventory);
    }

    @Bean
    Signals signals(StackRoom room, Executions executions) {
        return room.signals(executions);
    }

    @Bean
    StackMembership stackMembership(StackStore store) {
        return new KnownMembership(store);
    }
}

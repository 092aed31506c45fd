package dev.stackwright.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.demo.DemoFaults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alice works on while services of the cloud answer 500, or nothing at all. */
class CloudInTroubleTest {

    private static final String SHOP = "/c/demo/p/" + DemoCloud.projectId("shop");
    private static final String TEMPLATE =
            """
            heat_template_version: 2018-08-31
            parameters:
              flavor: {type: string, constraints: [{custom_constraint: nova.flavor}]}
            resources:
              net: {type: OS::Neutron::Net, properties: {name: trouble-net}}
              subnet:
                type: OS::Neutron::Subnet
                properties: {network: {get_resource: net}, cidr: 10.80.0.0/24}
              server:
                type: OS::Nova::Server
                properties:
                  image: cirros
                  flavor: {get_param: flavor}
                  networks: [{subnet: {get_resource: subnet}}]
            """;

    private final App app = App.started();
    private final DemoFaults faults = app.demo().faults();

    @AfterEach
    void mend() {
        faults.turnOff(DemoFaults.API_BROKEN);
        faults.turnOff(DemoFaults.API_SILENT);
    }

    @Test
    void whatWasTypedAndPlannedOutlivesACloudThatDoesNotAnswer() {
        try (var browser = Browser.at(app)) {
            browser.signIn("alice").awaitText(".nav", "Stacks");

            faults.turnOn(DemoFaults.API_BROKEN, "nova");
            browser.open(SHOP + "/instances/new")
                    .type("name", "typed-in-vain")
                    .choose("image", "cirros")
                    .choose("flavor", "m1.tiny")
                    .press("main form button.go")
                    .awaitText("main .banner.bad", "No instance was made. The cloud says: ");
            calm(browser);
            assertThat(browser.value("name")).isEqualTo("typed-in-vain");

            browser.open(SHOP + "/stacks/new")
                    .type("name", "trouble")
                    .write(TEMPLATE)
                    .press("button[value=read]")
                    .awaitText("main", "flavor")
                    .choose("p.flavor", "m1.tiny")
                    .press("button[value=preview]");
            // A plan is made from the inventory: a service in trouble is no hindrance.
            assertThat(browser.text("h1")).contains("trouble");
            assertThat(browser.text("main")).contains("server", "subnet");
            var plan = browser.address();
            assertThat(plan).contains("/plans/");
            browser.open(SHOP + "/stacks/new?plan=" + plan.substring(plan.lastIndexOf('/') + 1));
            assertThat(browser.written()).isEqualTo(TEMPLATE);
            assertThat(browser.text("[id='p.flavor'] option:checked")).contains("m1.tiny");
            faults.turnOff(DemoFaults.API_BROKEN);

            faults.turnOn(DemoFaults.API_BROKEN, "keystone");
            browser.open(plan)
                    .press(".approve button.go")
                    .awaitText("main, .flash", "Nothing was started: ");
            calm(browser);
            assertThat(browser.address()).isEqualTo(plan);
            faults.turnOff(DemoFaults.API_BROKEN);

            faults.turnOn(DemoFaults.API_BROKEN, "neutron");
            browser.press(".approve button.go").awaitText("#plan-state", "runs");
            browser.open(SHOP + "/stacks")
                    .follow("trouble")
                    .awaitText("#resources", "Neutron: ", "HTTP 500");
            calm(browser);
            var stack = browser.address();
            faults.turnOff(DemoFaults.API_BROKEN);
            browser.awaitText("#state", "Created");

            faults.turnOn(DemoFaults.API_SILENT, "keystone");
            // Pages read the inventory: who is in sees everything as before.
            assertThat(browser.open(stack).text("#state")).contains("Created");
            browser.driver().manage().deleteAllCookies();
            browser.signIn("bob").awaitText(".errsum", "Keystone does not answer");
            assertThat(browser.value("user")).isEqualTo("bob");
            calm(browser);
        }
    }

    private static void calm(Browser browser) {
        assertThat(browser.driver().getPageSource())
                .doesNotContain("Exception", "\tat ", "dev.stackwright.");
    }
}

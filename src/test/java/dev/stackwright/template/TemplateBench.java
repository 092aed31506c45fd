package dev.stackwright.template;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.Planner;
import dev.stackwright.plan.Sizes;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.Map;

/**
 * How long templates take, warm, each figure the best or the 95th percentile of many runs whose
 * result is looked at. Run by {@code bench/template}.
 */
public final class TemplateBench {

    private TemplateBench() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("heap")) {
            heap();
            return;
        }
        lint();
        plan(1_002, 30, 21);
        plan(5_000, 5, 7);
        plan(10_000, 3, 7);
        plan(20_000, 2, 5);
    }

    /** Servers with port, volume and attachment each, and a network with subnet for each fifty. */
    static String template(int resources) {
        var text = new StringBuilder("heat_template_version: 2021-04-16\nresources:\n");
        int written = 0;
        for (int server = 0; written < resources; server++) {
            int net = server / 50;
            if (server % 50 == 0) {
                text.append("  net%d: { type: OS::Neutron::Net }\n".formatted(net));
                text.append(
                        """
                          subnet%1$d:
                            type: OS::Neutron::Subnet
                            properties: { network: { get_resource: net%1$d }, cidr: 10.0.0.0/24 }
                        """
                                .formatted(net));
                written += 2;
            }
            text.append(
                    """
                      port%1$d:
                        type: OS::Neutron::Port
                        properties:
                          network: { get_resource: net%2$d }
                      server%1$d:
                        type: OS::Nova::Server
                        properties:
                          name: { list_join: ["-", [web, "%1$d"]] }
                          flavor: m1.small
                          image: cirros
                          networks: [{ port: { get_resource: port%1$d } }]
                      volume%1$d:
                        type: OS::Cinder::Volume
                        properties: { size: 1 }
                      attachment%1$d:
                        type: OS::Cinder::VolumeAttachment
                        properties:
                          instance_uuid: { get_resource: server%1$d }
                          volume_id: { get_resource: volume%1$d }
                    """
                            .formatted(server, net));
            written += 4;
        }
        return text.toString();
    }

    private static final Limits LARGE = new Limits(64 * 1024 * 1024, 100, 10_000_000, 100_000, 5);

    /** From the text to the plan. */
    private static Plan plan(String text) {
        var checked = checked(text, LARGE);
        var template =
                checked.template()
                        .orElseThrow(
                                () -> new IllegalStateException(checked.diagnostics().toString()));
        return new Planner(Catalog.builtIn(), Sizes.UNKNOWN)
                .create("bench", template, template.values());
    }

    private static void plan(int resources, int warmUp, int runs) {
        String text = template(resources);
        var checks = new double[runs];
        var plans = new double[runs];
        int seen = 0;
        for (int run = -warmUp; run < runs; run++) {
            long start = System.nanoTime();
            checked(text, LARGE);
            double check = (System.nanoTime() - start) / 1e6;
            start = System.nanoTime();
            seen = plan(text).changes().size();
            if (run >= 0) {
                checks[run] = check;
                plans[run] = (System.nanoTime() - start) / 1e6;
            }
        }
        if (seen < resources) {
            throw new IllegalStateException("Only " + seen + " resources came out");
        }
        figure("check-" + resources + "-ms", median(checks));
        figure("plan-" + resources + "-ms", median(plans));
    }

    /** The most that was ever used while 20,000 resources were planned, garbage included. */
    private static void heap() {
        var pools = ManagementFactory.getMemoryPoolMXBeans();
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        int seen = plan(template(20_000)).changes().size();
        if (seen < 20_000) {
            throw new IllegalStateException("Only " + seen + " resources came out");
        }
        long peak =
                pools.stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum();
        System.out.printf(
                java.util.Locale.ROOT,
                "figure heap-20000-mb %.0f MB (of at most %d)%n",
                peak / 1048576.0,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private static Checked checked(String text, Limits limits) {
        return TemplateCheck.check(
                TemplateReader.read(text, limits).template().orElseThrow(),
                Environment.EMPTY,
                Map.of(),
                Catalog.builtIn(),
                Constraints.UNCHECKED,
                StackIdentity.UNKNOWN,
                CheckOptions.DRAFT,
                limits);
    }

    private static void lint() {
        var lines = template(120).lines().toList();
        String text = String.join("\n", lines.subList(0, Math.min(500, lines.size()))) + "\n";
        var times = new double[1_000];
        for (int run = -1_000; run < times.length; run++) {
            long start = System.nanoTime();
            var checked = checked(text, Limits.DEFAULT);
            if (run >= 0) {
                times[run] = (System.nanoTime() - start) / 1e6;
            }
            if (checked.diagnostics().hasErrors()) {
                throw new IllegalStateException(checked.diagnostics().toString());
            }
        }
        Arrays.sort(times);
        figure("lint-p95-ms", times[(int) (times.length * 0.95)]);
    }

    private static double median(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static void figure(String name, double value) {
        System.out.printf(java.util.Locale.ROOT, "figure %s %.1f ms%n", name, value);
    }
}

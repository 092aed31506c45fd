package dev.stackwright.web.instances;

import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.ServerDetail;
import dev.stackwright.web.frame.Flash;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One thing done to many instances, after one question that says for each whether it can be. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}/instances-at-once")
class BulkController {

    static final List<ServerDeed> DEEDS =
            List.of(ServerDeed.START, ServerDeed.STOP, ServerDeed.REBOOT, ServerDeed.DELETE);

    private static final int MOST = 200;

    private final Inventory inventory;
    private final ServerDeeds deeds;

    BulkController(Inventory inventory, ServerDeeds deeds) {
        this.inventory = inventory;
        this.deeds = deeds;
    }

    @GetMapping
    String ask(
            Visit visit,
            @RequestParam(name = "deed", defaultValue = "stop") String path,
            @RequestParam(name = "id", defaultValue = "") List<String> ids,
            Model model) {
        var deed = deed(path);
        var servers = servers(visit, ids);
        var rows = servers.stream().map(server -> row(visit, server, deed)).toList();
        model.addAttribute(
                "page",
                new BulkPage(
                        deed.label(),
                        deed.path(),
                        rows.size(),
                        rows.stream().filter(row -> row.unable() == null).count(),
                        deed == ServerDeed.DELETE,
                        rows,
                        visit.mayChange() ? null : Words.of("instances.cannot.reader"),
                        visit.path("instances-at-once"),
                        visit.path("instances")));
        return "instances/bulk";
    }

    @PostMapping
    String act(
            Visit visit,
            @RequestParam(name = "deed", defaultValue = "") String path,
            @RequestParam(name = "id", defaultValue = "") List<String> ids,
            RedirectAttributes redirect) {
        if (!visit.mayChange()) {
            throw PageFailure.readersOnlyLook();
        }
        var deed = deed(path);
        int done = 0;
        @Nullable Words trouble = null;
        var servers = servers(visit, ids);
        for (var server : servers) {
            var outcome = deeds.perform(visit, server, deed, Map.of());
            if (outcome.trouble() == null) {
                done++;
            } else if (trouble == null) {
                trouble = outcome.trouble();
            }
            if (outcome.silent()) {
                break;
            }
        }
        if (trouble == null) {
            Flash.done("instances.bulk.done." + deed.path(), done).on(redirect);
        } else {
            Flash.failed(Words.of("instances.bulk.some", done, servers.size(), trouble))
                    .on(redirect);
        }
        return "redirect:" + visit.path("instances");
    }

    private static ServerDeed deed(String path) {
        return ServerDeed.of(path)
                .filter(DEEDS::contains)
                .orElseThrow(() -> PageFailure.badRequest(Words.of("instances.bulk.what")));
    }

    private List<ServerDetail> servers(Visit visit, List<String> ids) {
        return Set.copyOf(ids).stream()
                .limit(MOST)
                .map(id -> inventory.server(visit.viewer(), id))
                .flatMap(Optional::stream)
                .sorted(java.util.Comparator.comparing(server -> server.row().name()))
                .toList();
    }

    private static BulkPage.Row row(Visit visit, ServerDetail server, ServerDeed deed) {
        var row = server.row();
        return new BulkPage.Row(
                row.id(),
                row.name().isBlank() ? row.id() : row.name(),
                visit.path("instances", row.id()),
                ServerStatuses.of(row, visit.format().now()),
                deed.unable(visit, server));
    }
}

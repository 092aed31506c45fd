package dev.stackwright.web.setup;

import dev.stackwright.notification.PoisonMessages;
import dev.stackwright.web.audit.Trail;
import dev.stackwright.web.frame.Flash;
import dev.stackwright.web.frame.Visit;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Shows what the last test found and how the bus does, and tests again. */
@Controller
class SetupController {

    private final Examinations examinations;
    private final BusSheets bus;
    private final PoisonMessages poison;
    private final Trail trail;

    SetupController(Examinations examinations, BusSheets bus, PoisonMessages poison, Trail trail) {
        this.examinations = examinations;
        this.bus = bus;
        this.poison = poison;
        this.trail = trail;
    }

    @GetMapping("/c/{cloud}/admin/setup")
    String show(Visit visit, Model model) {
        var latest = examinations.latest(visit.cloud()).orElse(null);
        model.addAttribute("page", SetupPage.of(latest, visit.adminPath("setup")));
        model.addAttribute("bus", bus.of(visit));
        return "setup/index";
    }

    @PostMapping("/c/{cloud}/admin/setup")
    String test(Visit visit, RedirectAttributes redirect) {
        examinations.examine(visit.cloud());
        trail.of(visit, "setup.test").done();
        Flash.done("setup.tested").on(redirect);
        return "redirect:" + visit.adminPath("setup");
    }

    /** Those that somebody has looked at; what came since stays. */
    @PostMapping("/c/{cloud}/admin/setup/discard")
    String discard(
            Visit visit,
            @RequestParam(defaultValue = "0") long newest,
            RedirectAttributes redirect) {
        var gone = poison.discard(visit.cloud(), newest);
        trail.of(visit, "setup.discard").saying(gone + " messages").done();
        Flash.done(gone == 1 ? "setup.discarded.one" : "setup.discarded", gone).on(redirect);
        return "redirect:" + visit.adminPath("setup");
    }
}

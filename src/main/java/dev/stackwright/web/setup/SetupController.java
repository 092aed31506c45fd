package dev.stackwright.web.setup;

import dev.stackwright.web.audit.Trail;
import dev.stackwright.web.frame.Flash;
import dev.stackwright.web.frame.Visit;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Shows what the last test found, and tests again. */
@Controller
class SetupController {

    private final Examinations examinations;
    private final Trail trail;

    SetupController(Examinations examinations, Trail trail) {
        this.examinations = examinations;
        this.trail = trail;
    }

    @GetMapping("/c/{cloud}/admin/setup")
    String show(Visit visit, Model model) {
        var latest = examinations.latest(visit.cloud()).orElse(null);
        model.addAttribute("page", SetupPage.of(latest, visit.adminPath("setup")));
        return "setup/index";
    }

    @PostMapping("/c/{cloud}/admin/setup")
    String test(Visit visit, RedirectAttributes redirect) {
        examinations.examine(visit.cloud());
        trail.of(visit, "setup.test").done();
        Flash.done("setup.tested").on(redirect);
        return "redirect:" + visit.adminPath("setup");
    }
}

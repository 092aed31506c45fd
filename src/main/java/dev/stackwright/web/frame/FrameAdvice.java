package dev.stackwright.web.frame;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Puts the frame and the formats beside each page's own record. */
@ControllerAdvice
class FrameAdvice {

    private final Frames frames;

    FrameAdvice(Frames frames) {
        this.frames = frames;
    }

    @ModelAttribute("frame")
    Frame frame(HttpServletRequest request) {
        return frames.frame(request);
    }

    @ModelAttribute("format")
    Format format(HttpServletRequest request) {
        return frames.format(request);
    }
}

package dev.stackwright.web.stacks;

import dev.stackwright.stack.SignalOutcome;
import dev.stackwright.stack.Signals;
import dev.stackwright.web.audit.Unrecorded;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * Where servers and alarms signal resources, without anybody signed in: the address is signed. It
 * answers one line of text, and says to nobody whether an address that is wrong was once right.
 */
@Controller
class SignalController {

    /** The longest body, in bytes. */
    static final int LONGEST = 64 * 1024;

    private final Signals signals;
    private final SignalGate gate;

    SignalController(Signals signals, InstantSource clock) {
        this.signals = signals;
        this.gate = new SignalGate(clock);
    }

    @RequestMapping(
            path = "/signals/{resource}/{until}/{signature}",
            method = {RequestMethod.POST, RequestMethod.PUT})
    @Unrecorded("Nobody is signed in; the stack's events have it")
    ResponseEntity<String> signal(
            HttpServletRequest request,
            @PathVariable String resource,
            @PathVariable String until,
            @PathVariable String signature)
            throws IOException {
        var from = request.getRemoteAddr();
        if (!gate.isOpen(from, resource)) {
            return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                    .header(HttpHeaders.RETRY_AFTER, SignalGate.AGAIN_IN_SECONDS)
                    .contentType(MediaType.TEXT_PLAIN)
                    .body("Too many signals came from here, or to this address. Wait a minute.\n");
        }
        var bytes = request.getInputStream().readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            return line(HttpStatus.CONTENT_TOO_LARGE, "A signal has at most 64 KiB");
        }
        if (!resource.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                || !until.matches("\\d{1,12}")) {
            return notFound(from);
        }
        var outcome =
                signals.called(
                        UUID.fromString(resource),
                        Long.parseLong(until),
                        signature,
                        new String(bytes, StandardCharsets.UTF_8));
        return switch (outcome) {
            case SignalOutcome.Taken(var sentence) -> line(HttpStatus.OK, sentence);
            case SignalOutcome.Refused(var sentence) -> line(HttpStatus.BAD_REQUEST, sentence);
            case SignalOutcome.Expired _ -> line(HttpStatus.GONE, "This address is no longer good");
            case SignalOutcome.NotFound _ -> notFound(from);
        };
    }

    private ResponseEntity<String> notFound(String from) {
        gate.wasWrong(from);
        return line(HttpStatus.NOT_FOUND, "There is nothing here");
    }

    private static ResponseEntity<String> line(HttpStatus status, String sentence) {
        return ResponseEntity.status(status)
                .contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(sentence + "\n");
    }
}

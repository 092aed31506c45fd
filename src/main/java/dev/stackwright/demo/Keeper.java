package dev.stackwright.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the demo cloud in a file, whole after each change and in one move, so that it is there
 * again when the process comes back, as a real cloud would be.
 */
final class Keeper {

    private static final int FORM = 1;
    private static final Logger log = LoggerFactory.getLogger(Keeper.class);

    private final Path file;
    private final int port;

    Keeper(Path file, int port) {
        this.file = file.toAbsolutePath();
        this.port = port;
    }

    /**
     * What was kept, with its addresses on this start's port; null when there is nothing that can
     * be used.
     */
    @Nullable JsonNode read() {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            JsonNode kept = Json.MAPPER.readTree(text);
            if (Json.number(kept, "form", 0) != FORM) {
                log.warn("{} is of another version; the demo cloud begins anew.", file);
                return null;
            }
            String before = "http://127.0.0.1:" + Json.number(kept, "port", 0) + "/";
            return Json.MAPPER.readTree(text.replace(before, "http://127.0.0.1:" + port + "/"));
        } catch (IOException | JacksonException e) {
            log.warn("{} cannot be read; the demo cloud begins anew.", file, e);
            return null;
        }
    }

    void write(ObjectNode all) {
        byte[] bytes = Json.MAPPER.writeValueAsBytes(all.put("form", FORM).put("port", port));
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            if (Files.getFileStore(file.getRoot()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        fresh,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(fresh, bytes);
            move(fresh);
        } catch (IOException e) {
            log.warn(
                    "The demo cloud cannot be kept in {}; what changed is lost at the next start.",
                    file,
                    e);
        }
    }

    private void move(Path fresh) throws IOException {
        try {
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

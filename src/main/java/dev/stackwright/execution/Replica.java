package dev.stackwright.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name of this process among its equals, kept in a file so that it survives a restart. The file
 * stays locked for as long as the process lives: two processes never have one name, not even when
 * somebody copies or shares the folder; the second one takes a name for its lifetime only.
 */
final class Replica implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

    private final String name;
    private final FileChannel file;

    private Replica(String name, FileChannel file) {
        this.name = name;
        this.file = file;
    }

    static Replica named(Path path) {
        try {
            var folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                java.nio.file.Files.createDirectories(folder);
            }
            var file =
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (isTaken(file)) {
                LOG.info("{} belongs to another process; this one has a name of its own", path);
                return new Replica(UUID.randomUUID().toString(), file);
            }
            return new Replica(readOrWrite(file), file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the name of this replica in " + path, e);
        }
    }

    private static boolean isTaken(FileChannel file) throws IOException {
        try {
            return file.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private static String readOrWrite(FileChannel file) throws IOException {
        var bytes = ByteBuffer.allocate(64);
        file.read(bytes, 0);
        var name = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
        if (name.matches("[0-9a-f-]{36}")) {
            return name;
        }
        var fresh = UUID.randomUUID().toString();
        file.truncate(0);
        file.write(ByteBuffer.wrap(fresh.getBytes(StandardCharsets.UTF_8)), 0);
        file.force(true);
        return fresh;
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("The file with this replica's name did not close", e);
        }
    }
}

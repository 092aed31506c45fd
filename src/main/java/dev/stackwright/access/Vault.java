package dev.stackwright.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets for the database under keys that are not in it: AES-256-GCM, a fresh nonce each
 * time, bound to a context so that a sealed text moved to another row does not open there.
 *
 * <p>The key file has one key per line, {@code <id> <32 bytes in base64>}. The first line seals;
 * all of them open. To rotate, put a new line on top; drop an old one when nothing that it sealed
 * is left. Lines that begin with {@code #} are remarks.
 */
public final class Vault {

    private static final String FORM = "v1";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Set<PosixFilePermission> OWNER_ALONE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final SecureRandom random = new SecureRandom();
    private final Map<String, SecretKeySpec> keys;
    private final String current;

    private Vault(Map<String, SecretKeySpec> keys) {
        this.keys = keys;
        this.current = keys.keySet().iterator().next();
    }

    /**
     * The vault of a key file, which is made when there is none.
     *
     * @throws IllegalStateException when others than its owner may read the file, or a line is
     *     broken
     */
    public static Vault at(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            refuseWhenOthersMayRead(file);
            return new Vault(read(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The vault's keys cannot be read from " + file, e);
        }
    }

    /** The secret as text that only this vault opens, and only for the same context. */
    public String seal(String secret, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed =
                run(
                        Cipher.ENCRYPT_MODE,
                        current,
                        nonce,
                        context,
                        secret.getBytes(StandardCharsets.UTF_8));
        byte[] whole =
                ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
        return FORM
                + "."
                + current
                + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /**
     * The secret again.
     *
     * @throws IllegalStateException when the text was sealed with another key or for another
     *     context, or was changed
     */
    public String open(String sealed, String context) {
        String[] parts = sealed.split("\\.", 3);
        if (parts.length != 3 || !parts[0].equals(FORM)) {
            throw new IllegalStateException("Not a sealed text: context " + context);
        }
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(parts[2]);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("A sealed text was cut: context " + context, e);
        }
        if (whole.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new IllegalStateException("A sealed text was cut: context " + context);
        }
        byte[] nonce = new byte[NONCE_BYTES];
        byte[] body = new byte[whole.length - NONCE_BYTES];
        ByteBuffer.wrap(whole).get(nonce).get(body);
        return new String(
                run(Cipher.DECRYPT_MODE, parts[1], nonce, context, body), StandardCharsets.UTF_8);
    }

    /** What proves that a text was written by somebody who has the keys; it hides nothing. */
    public String sign(String text, String context) {
        return current + "." + signature(current, text, context);
    }

    /** Whether this vault signed exactly this text for this context. */
    public boolean isSigned(String text, String signature, String context) {
        int dot = signature.indexOf('.');
        var id = dot < 0 ? "" : signature.substring(0, dot);
        return keys.containsKey(id)
                && MessageDigest.isEqual(
                        signature.substring(dot + 1).getBytes(StandardCharsets.UTF_8),
                        signature(id, text, context).getBytes(StandardCharsets.UTF_8));
    }

    private String signature(String id, String text, String context) {
        try {
            var whole = (FORM + "." + id + ".sign." + context + "." + text);
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(id).getEncoded(), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(whole.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    private SecretKeySpec key(String id) {
        @Nullable SecretKeySpec key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("The vault has no key " + id);
        }
        return key;
    }

    /** Whether the text is sealed with a key that is no longer the first one. */
    public boolean isOld(String sealed) {
        return !sealed.startsWith(FORM + "." + current + ".");
    }

    private byte[] run(int mode, String id, byte[] nonce, String context, byte[] text) {
        @Nullable SecretKeySpec key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException(
                    "The vault has no key "
                            + id
                            + "; put it back into the key file (context "
                            + context
                            + ")");
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD((FORM + "." + id + "." + context).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "A sealed text does not open with key " + id + " for context " + context, e);
        }
    }

    private static void create(Path file) throws IOException {
        @Nullable Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        byte[] id = new byte[4];
        random.nextBytes(id);
        String text =
                """
                # Keys of Stackwright's vault. The first one seals, all of them open.
                # Without this file the sealed parts of the database cannot be read again: back it up,
                # apart from the database.
                %s %s
                """
                        .formatted(
                                HexFormat.of().formatHex(id),
                                Base64.getEncoder().encodeToString(key));
        FileAttribute<?>[] attributes =
                posix(file)
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ALONE)}
                        : new FileAttribute<?>[0];
        try (var channel =
                Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        attributes)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (FileAlreadyExistsException another) {
            // Another replica was first; its key is as good.
        }
    }

    private static void refuseWhenOthersMayRead(Path file) throws IOException {
        if (posix(file) && !OWNER_ALONE.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IllegalStateException(
                    file + " can be read by others than its owner: chmod 600 " + file);
        }
    }

    private static boolean posix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Map<String, SecretKeySpec> read(Path file) throws IOException {
        Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String[] parts = line.strip().split("\\s+");
            if (parts[0].isEmpty() || parts[0].startsWith("#")) {
                continue;
            }
            byte[] key = parts.length == 2 ? decoded(parts[1]) : new byte[0];
            if (key.length != KEY_BYTES || !parts[0].matches("[0-9A-Za-z_-]{1,32}")) {
                throw new IllegalStateException(
                        file
                                + ", line "
                                + number
                                + ": a key is an id, a space and 32 bytes in base64 (head -c 32"
                                + " /dev/urandom | base64)");
            }
            if (keys.put(parts[0], new SecretKeySpec(key, "AES")) != null) {
                throw new IllegalStateException(
                        file + ", line " + number + ": two keys have the id " + parts[0]);
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalStateException(file + " holds no key");
        }
        return keys;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}

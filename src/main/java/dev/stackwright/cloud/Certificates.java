package dev.stackwright.cloud;

import dev.stackwright.kernel.CloudName;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Turns the {@code cacert}, {@code cert}, {@code key} and {@code verify} of clouds.yaml into trust.
 */
final class Certificates {

    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] IN_MEMORY = {};

    private Certificates() {}

    /** Nothing when the platform's own trust will do. */
    static Optional<SSLContext> contextFor(CloudName cloud, CloudDefinition.Tls tls) {
        if (tls.equals(CloudDefinition.Tls.STANDARD)) {
            return Optional.empty();
        }
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys(tls), trust(tls), null);
            return Optional.of(context);
        } catch (IOException | GeneralSecurityException broken) {
            throw new CloudsYaml.Problem(
                    "The TLS settings of cloud %s cannot be used: %s"
                            .formatted(cloud, broken.getMessage()),
                    broken);
        }
    }

    private static TrustManager @Nullable [] trust(CloudDefinition.Tls tls)
            throws IOException, GeneralSecurityException {
        if (!tls.verify()) {
            return new TrustManager[] {new Everybody()};
        }
        if (tls.authorities() == null) {
            return null;
        }
        var authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        var number = 0;
        for (var authority : certificates(Path.of(tls.authorities()))) {
            authorities.setCertificateEntry("authority-" + number++, authority);
        }
        if (number == 0) {
            throw new IOException("There is no certificate in " + tls.authorities() + ".");
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(CloudDefinition.Tls tls)
            throws IOException, GeneralSecurityException {
        if (tls.certificate() == null) {
            return null;
        }
        var certificateFile = Path.of(tls.certificate());
        var keyFile = tls.key() == null ? certificateFile : Path.of(tls.key());
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry(
                "ours",
                privateKey(keyFile),
                IN_MEMORY,
                certificates(certificateFile).toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, IN_MEMORY);
        return factory.getKeyManagers();
    }

    private static List<X509Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream pem = open(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }

    private static InputStream open(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(file + " is not there or cannot be read.");
        }
        return Files.newInputStream(file);
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        if (!Files.isReadable(file)) {
            throw new IOException(file + " is not there or cannot be read.");
        }
        var pem = KEY.matcher(Files.readString(file));
        if (!pem.find()) {
            throw new IOException(
                    file
                            + " has no PKCS#8 key; make one with: openssl pkcs8 -topk8 -nocrypt -in"
                            + " "
                            + file);
        }
        var key = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (var algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(key);
            } catch (InvalidKeySpecException _) {
                // It is of the next kind, perhaps.
            }
        }
        throw new IOException("The key in " + file + " is neither RSA, EC nor EdDSA.");
    }

    /** What {@code verify: false} asks for; a host's name is not looked at either. */
    private static final class Everybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

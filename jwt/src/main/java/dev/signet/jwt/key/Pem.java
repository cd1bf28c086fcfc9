package dev.signet.jwt.key;

import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads PEM (RFC 7468): exactly one block, with text around it ignored. Writes private keys. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

    private final String label;
    private final byte[] content;

    private Pem(String label, byte[] content) {
        this.label = label;
        this.content = content;
    }

    static Pem parse(String text) {
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new KeyException("no PEM block found");
        }
        String label = block.group(1);
        String base64 = block.group(2).replaceAll("\\s", "");
        if (block.find()) {
            throw new KeyException("more than one PEM block found");
        }
        try {
            return new Pem(label, Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException malformed) {
            throw new KeyException("the PEM block is not base64");
        }
    }

    /** A block with lines of 64 characters, each ended. */
    static String privateKey(PrivateKey key) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    /** The key of a PUBLIC KEY or CERTIFICATE block. */
    PublicKey publicKey() {
        return switch (label) {
            case "PUBLIC KEY" -> PublicKeys.decode(content);
            case "CERTIFICATE" -> PublicKeys.check(certifiedKey());
            default ->
                throw new KeyException(
                        "the PEM block is a " + label + " where a PUBLIC KEY or CERTIFICATE is expected");
        };
    }

    private PublicKey certifiedKey() {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(content))
                    .getPublicKey();
        } catch (CertificateException malformed) {
            throw new KeyException("the certificate is malformed", malformed);
        }
    }

    /** The key of a PRIVATE KEY block. */
    PrivateKey privateKey() {
        if (!label.equals("PRIVATE KEY")) {
            throw new KeyException("the PEM block is a " + label
                    + " where an unencrypted PKCS#8 PRIVATE KEY is expected (openssl pkcs8 -topk8 -nocrypt makes one)");
        }
        return PrivateKeys.decode(content);
    }
}

package dev.signet.storejdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 that rows are found by whose texts are too long for an index. */
final class RowDigest {

    private RowDigest() {}

    /** Of texts without NUL: one between two keeps them apart. */
    static byte[] of(String... texts) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\0", texts).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package dev.signet.app.pages;

import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** A file that pages refer to. Another content has another fingerprint, so that it may be kept for good. Immutable. */
final class PageAsset {

    private static final int FINGERPRINT_LENGTH = 12;

    private final String type;
    private final byte[] content;

    private PageAsset(String type, byte[] content) {
        this.type = type;
        this.content = content;
    }

    static PageAsset stylesheet(Optional<Path> folder) {
        return new PageAsset("text/css; charset=utf-8", PageFiles.read(folder, "signet.css"));
    }

    static PageAsset mark(Optional<Path> folder) {
        return new PageAsset("image/svg+xml", PageFiles.read(folder, "signet.svg"));
    }

    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .substring(0, FINGERPRINT_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    ProtocolResponse answer(ProtocolRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return ProtocolResponse.builder(405).header("Allow", "GET, HEAD").build();
        }
        return ProtocolResponse.builder(200)
                .body(type, content)
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .build();
    }
}

package dev.signet.app.config;

import dev.signet.storejdbc.EncryptionKey;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the server keeps what must outlive it.
 *
 * @param url of JDBC: an H2 file or PostgreSQL
 * @param encryption the key that seals what is secret in there
 */
public record StoreSettings(String url, Optional<String> user, Optional<String> password, Encryption encryption) {

    static final String EMBEDDED = "jdbc:h2:file:";

    /** Where the encryption key comes from. */
    public sealed interface Encryption {

        /** It was given, in the configuration or in a file that it names. */
        record Given(EncryptionKey key) implements Encryption {}

        /** A file beside the embedded store, made when it is missing. */
        record Generated(Path file) implements Encryption {}
    }

    /** Whether it is a file of this process alone. */
    public boolean isEmbedded() {
        return url.startsWith(EMBEDDED);
    }

    /** The file of an embedded store. */
    public Optional<Path> embeddedFile() {
        return isEmbedded() ? Optional.of(Path.of(url.substring(EMBEDDED.length()) + ".mv.db")) : Optional.empty();
    }

    /** Shows no password; the address may hold one, too. */
    @Override
    public String toString() {
        return "StoreSettings[" + url.replaceFirst("[?;].*", "") + "]";
    }
}

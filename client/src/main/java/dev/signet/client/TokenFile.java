package dev.signet.client;

import dev.signet.core.Issuer;
import dev.signet.jwt.UnverifiedJwt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A JWT in a file that somebody else renews, such as the projected token of a Kubernetes pod. It is read for each request, so
 * it is always the one that is there. Thread-safe.
 *
 * <pre>{@code
 * TokenFile token = TokenFile.at(Path.of("/var/run/secrets/tokens/as"));
 * ClientAuthentication federated = ClientAuthentication.federated(new ClientId("reporter"), token);
 * TokenRequest exchanged = TokenRequest.jwtBearer(token);
 * }</pre>
 */
public final class TokenFile implements AssertionSource, Supplier<String> {

    private final Path path;

    private TokenFile(Path path) {
        this.path = path;
    }

    /** The file there, which need not be there yet. */
    public static TokenFile at(Path path) {
        return new TokenFile(path);
    }

    /**
     * What is in the file now, without white space around it.
     *
     * @throws UncheckedIOException if there is none, or it is larger than any JWT
     */
    @Override
    public String get() {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] octets = in.readNBytes(UnverifiedJwt.MAXIMUM_LENGTH + 1);
            if (octets.length > UnverifiedJwt.MAXIMUM_LENGTH) {
                throw new IOException(path + " is larger than any JWT");
            }
            return new String(octets, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String assertionFor(Issuer audience) {
        return get();
    }

    /** Where it is. */
    @Override
    public String toString() {
        return "TokenFile " + path;
    }
}

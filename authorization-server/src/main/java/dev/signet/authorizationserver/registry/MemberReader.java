package dev.signet.authorizationserver.registry;

import dev.signet.core.ResourceIndicator;
import dev.signet.core.error.OAuthException;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.KeyException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads the members of a client's metadata one by one. What is malformed is noted as a fault of its member, for {@link
 * RegisteredClient.Builder#build()} to report with all others. Not thread-safe.
 */
final class MemberReader {

    private final JsonObject metadata;
    private final RegisteredClient.Builder client;
    private final CryptoProvider provider;

    MemberReader(JsonObject metadata, RegisteredClient.Builder client, CryptoProvider provider) {
        this.metadata = metadata;
        this.client = client;
        this.provider = provider;
    }

    /** What keys are read with. */
    CryptoProvider provider() {
        return provider;
    }

    boolean has(String name) {
        return metadata.has(name);
    }

    void text(String name, Consumer<String> reading) {
        read(name, () -> metadata.findString(name).ifPresent(reading));
    }

    void texts(String name, Consumer<List<String>> reading) {
        read(name, () -> metadata.findStrings(name).ifPresent(reading));
    }

    void flag(String name, Consumer<Boolean> reading) {
        read(name, () -> metadata.findBoolean(name).ifPresent(reading));
    }

    void number(String name, Consumer<Long> reading) {
        read(name, () -> metadata.findLong(name).ifPresent(reading));
    }

    void object(String name, Consumer<JsonObject> reading) {
        read(name, () -> metadata.findObject(name).ifPresent(reading));
    }

    void algorithm(String name, Consumer<JwsAlgorithm> reading) {
        text(name, text -> reading.accept(supported(name, JwsAlgorithm.find(text))));
    }

    void uri(String name, Consumer<URI> reading) {
        text(name, text -> reading.accept(uri(text)));
    }

    void resources(String name, Consumer<Set<ResourceIndicator>> reading) {
        texts(
                name,
                values -> reading.accept(values.stream()
                        .map(ResourceIndicator::new)
                        .collect(Collectors.toCollection(LinkedHashSet::new))));
    }

    /** The words of its fault don't hold the value. */
    static <T> T supported(String name, Optional<T> found) {
        return found.orElseThrow(() -> new IllegalArgumentException(name + " is not supported"));
    }

    /** Runs what reads a member, or several that belong together. */
    void read(String name, Runnable reading) {
        try {
            reading.run();
        } catch (OAuthException malformed) {
            fault(name, malformed.error().description());
        } catch (JsonException | KeyException | IllegalArgumentException malformed) {
            fault(name, String.valueOf(malformed.getMessage()));
        }
    }

    Optional<String> findText(String name) {
        return metadata.findString(name);
    }

    Optional<Boolean> findFlag(String name) {
        return metadata.findBoolean(name);
    }

    Optional<Long> findNumber(String name) {
        return metadata.findLong(name);
    }

    private void fault(String name, String words) {
        client.fault(name, words.startsWith(name) ? words : name + ": " + words);
    }

    /** Unlike those of {@link URI#create}, the words of a fault don't hold the value. */
    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException | NumberFormatException malformed) {
            throw new IllegalArgumentException("must be a URI", malformed);
        }
    }
}

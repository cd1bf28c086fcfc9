package dev.signet.app.config;

import dev.signet.jwt.key.DecryptionKey;
import java.util.List;
import java.util.Optional;

/** Reads {@code decryption}: the algorithms that senders may encrypt to the server with (RFC 9101 §6.1). */
final class DecryptionReader {

    private static final String EXPECTED = "one of " + String.join(", ", DecryptionKey.ALGORITHMS);

    /** The algorithms; none, and nothing may be encrypted. */
    List<String> read(Section top) {
        Optional<Section> section = top.section("decryption");
        List<String> algorithms = section.flatMap(
                        decryption -> decryption.values("algorithms", EXPECTED, DecryptionReader::supported))
                .orElse(List.of());
        section.ifPresent(decryption -> {
            if (algorithms.stream().distinct().count() < algorithms.size()) {
                decryption.fault("algorithms", "names one algorithm twice");
            }
            decryption.done();
        });
        return algorithms;
    }

    private static String supported(String name) {
        if (!DecryptionKey.ALGORITHMS.contains(name)) {
            throw new IllegalArgumentException();
        }
        return name;
    }
}

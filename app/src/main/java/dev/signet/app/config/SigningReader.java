package dev.signet.app.config;

import dev.signet.app.crypto.SelectedCrypto;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.KeyException;
import dev.signet.jwt.key.SigningKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads {@code signing}: the algorithm of access tokens (RFC 9068 §2.1), and their keys where these are files. */
final class SigningReader {

    private static final String ALGORITHMS = Arrays.stream(JwsAlgorithm.values())
            .filter(algorithm -> !algorithm.isMac())
            .map(JwsAlgorithm::joseName)
            .collect(Collectors.joining(", "));

    private final NamedFile files;
    private final SelectedCrypto crypto;

    SigningReader(NamedFile files, SelectedCrypto crypto) {
        this.files = files;
        this.crypto = crypto;
    }

    SigningSettings read(Section top) {
        Optional<Section> section = top.section("signing");
        JwsAlgorithm algorithm = section.flatMap(
                        signing -> signing.value("algorithm", "one of " + ALGORITHMS, SigningReader::asymmetric))
                .orElse(JwsAlgorithm.ES256);
        List<SigningKey> keys = section.flatMap(
                        signing -> signing.values("keys", "the name of a PEM file", name -> key(name, algorithm)))
                .orElse(List.of());
        section.ifPresent(signing -> {
            if (signing.has("keys") && keys.isEmpty()) {
                signing.fault("keys", "expected PEM files; leave keys out to have them kept in the store");
            }
            if (keys.stream().map(SigningKey::keyId).distinct().count() < keys.size()) {
                signing.fault("keys", "names one key twice");
            }
            signing.done();
        });
        return new SigningSettings(algorithm, keys, crypto);
    }

    private static JwsAlgorithm asymmetric(String name) {
        return JwsAlgorithm.find(name)
                .filter(algorithm -> !algorithm.isMac())
                .orElseThrow(IllegalArgumentException::new);
    }

    private SigningKey key(String name, JwsAlgorithm algorithm) {
        String pem = files.read(name);
        try {
            return SigningKey.fromPem(pem, algorithm, crypto.provider());
        } catch (KeyException e) {
            throw new RefusedValue("no key for " + algorithm.joseName() + " in that file: " + e.getMessage());
        }
    }
}

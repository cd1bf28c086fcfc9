package dev.signet.app.config;

import dev.signet.app.crypto.SelectedCrypto;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.KeyException;
import dev.signet.jwt.key.SigningKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code signing}: the algorithm of access tokens (RFC 9068 §2.1), and their keys where these are files. */
final class SigningReader {

    /** What stands where {@link #asymmetric} finds none. */
    static final String EXPECTED = Arrays.stream(JwsAlgorithm.values())
            .filter(algorithm -> !algorithm.isMac())
            .map(JwsAlgorithm::joseName)
            .collect(Collectors.joining(", ", "one of ", ""));

    private final NamedFile files;
    private final SelectedCrypto crypto;

    SigningReader(NamedFile files, SelectedCrypto crypto) {
        this.files = files;
        this.crypto = crypto;
    }

    /**
     * Reads it.
     *
     * @param resourceAlgorithms what resources have instead
     */
    SigningSettings read(Section top, Set<JwsAlgorithm> resourceAlgorithms) {
        Optional<Section> section = top.section("signing");
        JwsAlgorithm algorithm = section.flatMap(
                        signing -> signing.value("algorithm", EXPECTED, SigningReader::asymmetric))
                .orElse(JwsAlgorithm.ES256);
        List<JwsAlgorithm> algorithms = Stream.concat(
                        Stream.of(algorithm), resourceAlgorithms.stream().sorted())
                .distinct()
                .toList();
        List<SigningKey> keys = section.flatMap(
                        signing -> signing.values("keys", "the name of a PEM file", name -> key(name, algorithms)))
                .orElse(List.of());
        section.ifPresent(signing -> {
            if (signing.has("keys") && keys.isEmpty()) {
                signing.fault("keys", "expected PEM files; leave keys out to have them kept in the store");
            }
            if (keys.stream().map(SigningKey::keyId).distinct().count() < keys.size()) {
                signing.fault("keys", "names one key twice");
            }
            if (!keys.isEmpty()) {
                requireKeys(signing, keys, algorithms);
            }
            signing.done();
        });
        return new SigningSettings(algorithm, resourceAlgorithms, keys, crypto);
    }

    private static void requireKeys(Section signing, List<SigningKey> keys, List<JwsAlgorithm> algorithms) {
        for (JwsAlgorithm algorithm : algorithms) {
            if (keys.stream().noneMatch(key -> key.algorithm() == algorithm)) {
                signing.fault(
                        "keys",
                        "none is for " + algorithm.joseName() + ": each key is for the first of "
                                + algorithms.stream()
                                        .map(JwsAlgorithm::joseName)
                                        .collect(Collectors.joining(", "))
                                + " that it fits");
            }
        }
    }

    /** A signature algorithm that is no MAC. */
    static JwsAlgorithm asymmetric(String name) {
        return JwsAlgorithm.find(name)
                .filter(algorithm -> !algorithm.isMac())
                .orElseThrow(IllegalArgumentException::new);
    }

    private SigningKey key(String name, List<JwsAlgorithm> algorithms) {
        String pem = files.read(name);
        List<String> refused = new ArrayList<>();
        for (JwsAlgorithm algorithm : algorithms) {
            try {
                return SigningKey.fromPem(pem, algorithm, crypto.provider());
            } catch (KeyException e) {
                refused.add("no key for " + algorithm.joseName() + " in that file: " + e.getMessage());
            }
        }
        throw new RefusedValue(refused.get(0));
    }
}

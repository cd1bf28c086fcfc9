package dev.signet.app.config;

import dev.signet.app.config.YamlNode.Entries;
import dev.signet.core.Issuer;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.KeyException;
import dev.signet.outbound.KeySource;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads {@code jwks}, {@code jwks_uri} or {@code discovery}: whose public keys speak for an issuer. */
final class KeyReader {

    static final String AMBIGUOUS = "two keys have one kid: whatever names it would be refused";

    private final CryptoProvider provider;
    private final References references;
    private final Function<URI, KeySource> remote;
    private final Function<Issuer, KeySource> discovered;

    /**
     * Makes a reader of keys.
     *
     * @param remote the source that fetches keys from a URL
     * @param discovered the source that fetches keys from where an issuer's metadata says
     */
    KeyReader(
            CryptoProvider provider,
            References references,
            Function<URI, KeySource> remote,
            Function<Issuer, KeySource> discovered) {
        this.provider = provider;
        this.references = references;
        this.remote = remote;
        this.discovered = discovered;
    }

    Optional<KeySource> read(Section section) {
        Optional<KeySource> inline = section.node("jwks").isPresent()
                ? section.section("jwks").flatMap(set -> inline(section, set.entries()))
                : Optional.empty();
        Optional<KeySource> fetched =
                section.value("jwks_uri", References.CALLABLE, text -> remote.apply(references.callable(text)));
        boolean discovery = section.flag("discovery").orElse(false);
        Optional<KeySource> found = discovery ? discovered(section) : Optional.empty();
        if (Stream.of(section.has("jwks"), section.has("jwks_uri"), discovery)
                        .filter(given -> given)
                        .count()
                != 1) {
            section.fault("", "expected one of jwks, jwks_uri and discovery: true");
        }
        return inline.or(() -> fetched).or(() -> found);
    }

    private Optional<KeySource> discovered(Section section) {
        return section.text("issuer").flatMap(issuer -> {
            try {
                return Optional.of(discovered.apply(Issuer.of(issuer)));
            } catch (IllegalArgumentException e) {
                section.fault("discovery", "expected an issuer that is " + References.CALLABLE_ISSUER);
                return Optional.empty();
            }
        });
    }

    /** Whether two keys for one algorithm have one {@code kid}, so that it does not tell which of them is meant. */
    static boolean ambiguous(JwkSet keys) {
        return Arrays.stream(JwsAlgorithm.values()).anyMatch(algorithm -> {
            List<String> named = keys.keys().stream()
                    .filter(key -> key.permits(algorithm))
                    .flatMap(key -> key.keyId().stream())
                    .toList();
            return Set.copyOf(named).size() < named.size();
        });
    }

    private Optional<KeySource> inline(Section section, Entries jwks) {
        JwkSet keys;
        try {
            keys = JwkSet.fromJson(YamlJson.object(jwks), provider);
        } catch (KeyException e) {
            section.fault("jwks", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        keys.skipped().forEach(reason -> section.fault("jwks", reason));
        if (keys.keys().isEmpty() && keys.skipped().isEmpty()) {
            section.fault("jwks", "expected at least one key");
        }
        if (ambiguous(keys)) {
            section.fault("jwks", AMBIGUOUS);
        }
        return Optional.of(KeySource.of(keys));
    }
}

package dev.signet.jwt.key;

import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of one party (RFC 7517 §5), for signatures and, where {@code use} says so, for encryption to it. Keys of
 * an unknown kind, malformed, too small, for another use, or private are left out and noted, so that one bad key does not take
 * the good ones with it.
 */
public final class JwkSet {
    /** The most keys a set may have; more is not a key set but an attack. */
    public static final int MAXIMUM_KEYS = 200;

    private static final JwkSet EMPTY = new JwkSet(List.of(), List.of(), List.of());

    private final List<VerificationKey> keys;
    private final List<JsonObject> encryptionJwks;
    private final List<String> skipped;
    private final Map<String, List<VerificationKey>> byKeyId;

    private JwkSet(List<VerificationKey> keys, List<JsonObject> encryptionJwks, List<String> skipped) {
        this.keys = List.copyOf(keys);
        this.encryptionJwks = List.copyOf(encryptionJwks);
        this.skipped = List.copyOf(skipped);
        Map<String, List<VerificationKey>> index = new HashMap<>();
        for (VerificationKey key : keys) {
            key.keyId()
                    .ifPresent(id -> index.computeIfAbsent(id, absent -> new ArrayList<>(1))
                            .add(key));
        }
        index.replaceAll((id, found) -> List.copyOf(found));
        this.byKeyId = Map.copyOf(index);
    }

    /** Reads a JWK Set; refuses only what is none at all. */
    public static JwkSet parse(String json, CryptoProvider provider) {
        return parse(json.getBytes(StandardCharsets.UTF_8), provider);
    }

    /** Reads a JWK Set; refuses only what is none at all. */
    public static JwkSet parse(byte[] json, CryptoProvider provider) {
        try {
            return fromJson(JsonObject.parse(json), provider);
        } catch (JsonException malformed) {
            throw new KeyException("not a JWK Set: " + malformed.getMessage());
        }
    }

    /** Reads a JWK Set that is a member of another document; refuses only what is none at all. */
    public static JwkSet fromJson(JsonObject document, CryptoProvider provider) {
        if (!(document.find("keys").orElse("") instanceof List<?> elements)) {
            throw new KeyException("not a JWK Set: keys is not an array");
        }
        if (elements.size() > MAXIMUM_KEYS) {
            throw new KeyException("the JWK Set has more than " + MAXIMUM_KEYS + " keys");
        }
        List<VerificationKey> keys = new ArrayList<>();
        List<JsonObject> encryptionJwks = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (int index = 0; index < elements.size(); index++) {
            if (!(elements.get(index) instanceof JsonObject jwk)) {
                skipped.add("keys[" + index + "]: not an object");
                continue;
            }
            try {
                if (jwk.find("use").equals(Optional.of("enc"))) {
                    requireEncryptionKey(jwk);
                    encryptionJwks.add(jwk);
                } else {
                    keys.add(VerificationKey.fromJwk(jwk, provider));
                }
            } catch (KeyException unusable) {
                skipped.add("keys[" + index + "]: " + unusable.getMessage());
            }
        }
        return new JwkSet(keys, encryptionJwks, skipped);
    }

    /** A key that does not state its algorithm has to fit one at least. */
    private static void requireEncryptionKey(JsonObject jwk) {
        Collection<String> candidates =
                jwk.find("alg").map(stated -> Set.of(stated.toString())).orElse(DecryptionKey.ALGORITHMS);
        KeyException unusable = new KeyException("the key fits no algorithm");
        for (String algorithm : candidates) {
            try {
                EncryptionKey.fromJwk(jwk, algorithm);
                return;
            } catch (KeyException e) {
                unusable = e;
            }
        }
        throw unusable;
    }

    /** A set of these keys. */
    public static JwkSet of(Collection<VerificationKey> keys) {
        return new JwkSet(List.copyOf(keys), List.of(), List.of());
    }

    /** The set without keys. */
    public static JwkSet empty() {
        return EMPTY;
    }

    /** Whether there is no usable key at all. */
    public boolean isEmpty() {
        return keys.isEmpty() && encryptionJwks.isEmpty();
    }

    /**
     * The keys to encrypt to the party with, in order: those whose {@code use} says so and that fit.
     *
     * @param algorithm of {@link DecryptionKey#ALGORITHMS}
     */
    public List<EncryptionKey> encryptionKeys(String algorithm) {
        return encryptionJwks.stream()
                .flatMap(jwk -> fitting(jwk, algorithm).stream())
                .toList();
    }

    private static Optional<EncryptionKey> fitting(JsonObject jwk, String algorithm) {
        try {
            return Optional.of(EncryptionKey.fromJwk(jwk, algorithm));
        } catch (KeyException forAnother) {
            return Optional.empty();
        }
    }

    /** The usable keys for signatures, in order. */
    public List<VerificationKey> keys() {
        return keys;
    }

    /** Why keys were left out, by index; without key material. */
    public List<String> skipped() {
        return skipped;
    }

    /** The keys of that {@code kid}; normally one or none. */
    public List<VerificationKey> withKeyId(String keyId) {
        return byKeyId.getOrDefault(keyId, List.of());
    }

    /** Whether two keys for one algorithm have one {@code kid}, so that it does not tell which of them is meant. */
    public boolean isAmbiguous() {
        return Arrays.stream(JwsAlgorithm.values()).anyMatch(algorithm -> {
            Set<String> named = new HashSet<>();
            return keys.stream()
                    .filter(key -> key.permits(algorithm))
                    .flatMap(key -> key.keyId().stream())
                    .anyMatch(keyId -> !named.add(keyId));
        });
    }

    /** Whether a usable key has that {@code kid}. */
    public boolean hasKeyId(String keyId) {
        return byKeyId.containsKey(keyId);
    }

    /** The public JWK Set. */
    public JsonObject toJsonObject() {
        List<JsonObject> jwks = new ArrayList<>();
        keys.forEach(key -> jwks.add(key.toJwk()));
        jwks.addAll(encryptionJwks);
        return JsonObject.builder().put("keys", jwks).build();
    }

    /** The public JWK Set as JSON. */
    public String toJson() {
        return toJsonObject().toJson();
    }

    /** Equal if the same keys come in the same order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JwkSet that && keys.equals(that.keys) && encryptionJwks.equals(that.encryptionJwks);
    }

    @Override
    public int hashCode() {
        return 31 * keys.hashCode() + encryptionJwks.hashCode();
    }

    @Override
    public String toString() {
        return "JwkSet" + keys;
    }
}

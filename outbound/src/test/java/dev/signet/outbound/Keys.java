package dev.signet.outbound;

import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Keys that a party signs with, and what it publishes and sends. */
final class Keys {
    static final Set<JwsAlgorithm> ES256 = Set.of(JwsAlgorithm.ES256);
    static final SigningKey FIRST = generate();
    static final SigningKey SECOND = generate();
    /** Has the name of the first, and is another. */
    static final SigningKey FIRST_IN_NAME = named(generate(), FIRST.keyId());

    private Keys() {}

    private static SigningKey generate() {
        return SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());
    }

    static SigningKey named(SigningKey key, String keyId) {
        return SigningKey.fromJwk(
                key.toPrivateJwk().toBuilder().put("kid", keyId).build(), CryptoProvider.jdk());
    }

    static String published(SigningKey... keys) {
        return JwkSet.of(Stream.of(keys).map(SigningKey::verificationKey).toList())
                .toJson();
    }

    static UnverifiedJwt signedWith(SigningKey key) {
        return UnverifiedJwt.parse(JwtSigner.of(key, "JWT")
                .sign(JsonObject.builder().put("sub", "s").build()));
    }

    /** Signed with the second key under a name that nobody publishes. */
    static UnverifiedJwt signedWithUnknown(String keyId) {
        return signedWith(named(SECOND, keyId));
    }

    static List<UnverifiedJwt> signedWithUnknown(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> signedWithUnknown("unknown-" + number))
                .toList();
    }
}

package dev.signet.authorizationserver;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.SignerKey;
import dev.signet.jwt.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** A JWT whose every part can be changed. Immutable: each change is a copy. */
final class TestAssertion {

    private final JsonObject header;
    private final JsonObject claims;
    private final SignerKey key;

    private TestAssertion(JsonObject header, JsonObject claims, SignerKey key) {
        this.header = header;
        this.claims = claims;
        this.key = key;
    }

    /** A JWT with these claims, whose header says what the key is and no more. */
    /** The text of a claim. */
    String text(String claim) {
        return claims.requireString(claim);
    }

    static TestAssertion of(JsonObject claims, SignerKey key) {
        return new TestAssertion(JsonObject.empty(), claims, key).signedWith(key);
    }

    TestAssertion claim(String name, Object value) {
        return new TestAssertion(header, claims.toBuilder().put(name, value).build(), key);
    }

    TestAssertion without(String claim) {
        return new TestAssertion(header, claims.toBuilder().remove(claim).build(), key);
    }

    TestAssertion header(String name, Object value) {
        return new TestAssertion(header.toBuilder().put(name, value).build(), claims, key);
    }

    TestAssertion withoutHeader(String name) {
        return new TestAssertion(header.toBuilder().remove(name).build(), claims, key);
    }

    TestAssertion signedWith(SignerKey other) {
        JsonObject.Builder changed =
                header.toBuilder().put("alg", other.algorithm().joseName()).remove("kid");
        if (other instanceof SigningKey asymmetric) {
            changed.put("kid", asymmetric.keyId());
        }
        return new TestAssertion(changed.build(), claims, other);
    }

    Object get(String claim) {
        return claims.find(claim).orElseThrow();
    }

    /** The compact serialization. */
    String compact() {
        return compactWithClaims(claims.toJson());
    }

    /** The compact serialization with claims that are written as given. */
    String compactWithClaims(String json) {
        String input = base64(header.toBytes()) + "." + base64(json.getBytes(StandardCharsets.UTF_8));
        return input + "." + base64(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The compact serialization with claims that are written differently. */
    String compactWithClaims(UnaryOperator<String> change) {
        return compactWithClaims(change.apply(claims.toJson()));
    }

    /** The compact serialization without a signature. */
    String unsigned() {
        return base64(header.toBytes()) + "." + base64(claims.toBytes()) + ".";
    }

    static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}

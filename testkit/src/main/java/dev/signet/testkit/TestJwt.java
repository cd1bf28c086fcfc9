package dev.signet.testkit;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.SignerKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A JWT of which a test changes one thing, right or wrong, before it is signed. Immutable: each change is a copy.
 *
 * <pre>{@code
 * TestJwt valid = fixture.clientAssertion();
 * fixture.clientCredentials().assertion(valid.withAudience("https://other.example.com")).send().isInvalidClient();
 * }</pre>
 */
public final class TestJwt {

    private final JsonObject header;
    private final JsonObject claims;
    private final SignerKey key;

    private TestJwt(JsonObject header, JsonObject claims, SignerKey key) {
        this.header = header;
        this.claims = claims;
        this.key = key;
    }

    /** A JWT with these claims, whose header has {@code alg}, and {@code kid} if the key has one. */
    public static TestJwt of(JsonObject claims, SignerKey key) {
        return new TestJwt(JsonObject.empty(), claims, key).signedWith(key);
    }

    /** The header. */
    public JsonObject header() {
        return header;
    }

    /** The claims. */
    public JsonObject claims() {
        return claims;
    }

    /**
     * With a claim of that value.
     *
     * @param value a string, number, boolean, {@link JsonObject} or list of these
     */
    public TestJwt withClaim(String name, Object value) {
        return new TestJwt(header, claims.toBuilder().put(name, value).build(), key);
    }

    /** Without a claim. */
    public TestJwt withoutClaim(String name) {
        return new TestJwt(header, claims.toBuilder().remove(name).build(), key);
    }

    /** With another {@code iss}. */
    public TestJwt withIssuer(String issuer) {
        return withClaim("iss", issuer);
    }

    /** With another {@code sub}. */
    public TestJwt withSubject(String subject) {
        return withClaim("sub", subject);
    }

    /** With another {@code aud}, as a string. */
    public TestJwt withAudience(String audience) {
        return withClaim("aud", audience);
    }

    /** With another {@code aud}, as an array. */
    public TestJwt withAudiences(String... audiences) {
        return withClaim("aud", List.of(audiences));
    }

    /** With another {@code exp}, in whole seconds. */
    public TestJwt withExpiry(Instant time) {
        return withClaim("exp", time.getEpochSecond());
    }

    /** With another {@code iat}, in whole seconds. */
    public TestJwt withIssuedAt(Instant time) {
        return withClaim("iat", time.getEpochSecond());
    }

    /** With an {@code nbf}, in whole seconds. */
    public TestJwt withNotBefore(Instant time) {
        return withClaim("nbf", time.getEpochSecond());
    }

    /** With another {@code jti}. */
    public TestJwt withJwtId(String jwtId) {
        return withClaim("jti", jwtId);
    }

    /**
     * With a header parameter of that value; one that contradicts the key is signed all the same.
     *
     * @param value a string, number, boolean, {@link JsonObject} or list of these
     */
    public TestJwt withHeader(String name, Object value) {
        return new TestJwt(header.toBuilder().put(name, value).build(), claims, key);
    }

    /** Without a header parameter. */
    public TestJwt withoutHeader(String name) {
        return new TestJwt(header.toBuilder().remove(name).build(), claims, key);
    }

    /** With another {@code typ}. */
    public TestJwt withType(String type) {
        return withHeader("typ", type);
    }

    /** Signed with another key, which the header then names. */
    public TestJwt signedWith(SignerKey other) {
        JsonObject.Builder changed =
                header.toBuilder().put("alg", other.algorithm().joseName()).remove("kid");
        other.headerKeyId().ifPresent(id -> changed.put("kid", id));
        return new TestJwt(changed.build(), claims, other);
    }

    /** The compact serialization. */
    public String compact() {
        return compact(header.toJson(), claims.toJson());
    }

    /** The compact serialization of claims whose JSON was changed, in ways that {@link #withClaim} can't. */
    public String compactWithClaims(UnaryOperator<String> change) {
        return compact(header.toJson(), change.apply(claims.toJson()));
    }

    /** The compact serialization with a header whose JSON was changed, in ways that {@link #withHeader} can't. */
    public String compactWithHeader(UnaryOperator<String> change) {
        return compact(change.apply(header.toJson()), claims.toJson());
    }

    /** The compact serialization with an empty signature. */
    public String compactUnsigned() {
        return encode(header.toBytes()) + "." + encode(claims.toBytes()) + ".";
    }

    /** The compact serialization with one bit of the signature changed. */
    public String compactWithBrokenSignature() {
        String compact = compact();
        int start = compact.lastIndexOf('.') + 1;
        byte[] signature = Base64.getUrlDecoder().decode(compact.substring(start));
        signature[signature.length / 2] ^= 1;
        return compact.substring(0, start) + encode(signature);
    }

    private String compact(String headerJson, String claimsJson) {
        String input = encode(headerJson.getBytes(StandardCharsets.UTF_8)) + "."
                + encode(claimsJson.getBytes(StandardCharsets.UTF_8));
        return input + "." + encode(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encode(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** Shows the names of the claims. */
    @Override
    public String toString() {
        return "TestJwt with " + claims.names();
    }
}

package dev.signet.benchmarks;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.Scope;
import dev.signet.core.accesstoken.AccessTokenPayload;
import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.SigningKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An RFC 9068 access token of about 900 characters and its key. */
final class Sample {
    static final String ISSUER = "https://as.example.com";
    static final String AUDIENCE = "https://api.example.com/orders";
    static final String CLIENT = "s6BhdRkqt3";
    /** A group that the subject is in. */
    static final String GROUP = "department-1/member";

    private static final int LENGTH = 900;
    private static final Issuer REGISTERED_ISSUER = Issuer.of(ISSUER);
    private static final ClientId REGISTERED_CLIENT = new ClientId(CLIENT);
    private static final Scope REGISTERED_SCOPE = Scope.of("orders.read", "orders.write");
    private static final List<String> REGISTERED_AUDIENCE = List.of(AUDIENCE);

    private final SigningKey key;
    private final JwtSigner signer;
    private final String token;

    Sample(Scheme scheme, Crypto crypto) {
        this.key = SigningKey.generate(scheme.algorithm(), crypto.toSignet(), new SecureRandom());
        this.signer = JwtSigner.of(key, AccessTokenProfile.TYPE);
        JsonObject claims = claims(Instant.now());
        List<String> groups = new ArrayList<>();
        String made = signer.sign(claims);
        while (made.length() < LENGTH) {
            groups.add("department-" + groups.size() + "/member");
            made = signer.sign(claims.toBuilder().put("groups", groups).build());
        }
        this.token = made;
    }

    SigningKey key() {
        return key;
    }

    JwtSigner signer() {
        return signer;
    }

    String token() {
        return token;
    }

    /** The claims of a token issued now, as the authorization server puts them together. */
    static JsonObject claims(Instant now) {
        return AccessTokenPayload.builder()
                .issuer(REGISTERED_ISSUER)
                .subject("5ba552d67")
                .clientId(REGISTERED_CLIENT)
                .audience(REGISTERED_AUDIENCE)
                .scope(REGISTERED_SCOPE)
                .jwtId(new JwtId("dbe39bf3a3ba4238a513f51d6e1691c4"))
                .issuedAt(now)
                .lifetime(Duration.ofDays(1))
                .build();
    }
}

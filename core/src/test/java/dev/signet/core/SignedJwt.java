package dev.signet.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes verified JWTs with any header and claims, so that only the rules decide. */
public final class SignedJwt {

    private static final byte[] SECRET = "a secret of at least thirty-two octets".getBytes(UTF_8);
    private static final MacKey KEY = MacKey.of(SECRET, JwsAlgorithm.HS256);

    private SignedJwt() {}

    /** A verified JWT; an empty type is left out. */
    public static VerifiedJwt of(String type, JsonObject claims) {
        JsonObject.Builder header = JsonObject.builder().put("alg", "HS256");
        if (!type.isEmpty()) {
            header.put("typ", type);
        }
        String input = encode(header.build().toBytes()) + "." + encode(claims.toBytes());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
            String compact = input + "." + encode(mac.doFinal(input.getBytes(UTF_8)));
            return UnverifiedJwt.parse(compact).verify(List.of(KEY));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String encode(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}

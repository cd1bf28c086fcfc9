package dev.signet.jwt;

import dev.signet.jwt.internal.Base64Url;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.SignerKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Signs JWTs of one type with one key. The header is made once. Thread-safe. */
public final class JwtSigner {
    private static final Pattern MEDIA_SUBTYPE = Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,100}");

    private final SignerKey key;
    private final byte[] headerAndDot;

    private JwtSigner(SignerKey key, byte[] headerAndDot) {
        this.key = key;
        this.headerAndDot = headerAndDot;
    }

    /**
     * A signer whose JWTs carry {@code typ}, {@code alg} and, unless the key is a shared secret, {@code kid}.
     *
     * @param type the {@code typ} header, without {@code application/} (RFC 8725 §3.11)
     */
    public static JwtSigner of(SignerKey key, String type) {
        if (!MEDIA_SUBTYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("type must be a media type without application/");
        }
        JsonObject.Builder header =
                JsonObject.builder().put("typ", type).put("alg", key.algorithm().joseName());
        key.headerKeyId().ifPresent(id -> header.put("kid", id));
        String encoded = Base64Url.encode(header.build().toBytes());
        return new JwtSigner(key, (encoded + '.').getBytes(StandardCharsets.US_ASCII));
    }

    /** The compact serialization of a JWT with these claims. */
    public String sign(JsonObject claims) {
        byte[] payload = Base64Url.encodeToBytes(claims.toBytes());
        byte[] input = Arrays.copyOf(headerAndDot, headerAndDot.length + payload.length);
        System.arraycopy(payload, 0, input, headerAndDot.length, payload.length);
        byte[] signature = Base64Url.encodeToBytes(key.sign(input));
        byte[] compact = Arrays.copyOf(input, input.length + 1 + signature.length);
        compact[input.length] = '.';
        System.arraycopy(signature, 0, compact, input.length + 1, signature.length);
        return new String(compact, StandardCharsets.ISO_8859_1);
    }

    /** Shows the algorithm only. */
    @Override
    public String toString() {
        return "JwtSigner[alg=" + key.algorithm().joseName() + "]";
    }
}

package dev.signet.authorizationserver.registry;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client secret that MACs are keyed with: its UTF-8 octets (OpenID Connect Core §9). */
public final class MacSecret implements ClientSecret {

    private final String secret;
    private final List<MacKey> keys;

    MacSecret(String secret) {
        SecretSyntax.require(secret);
        this.secret = secret;
        int octets = secret.getBytes(StandardCharsets.UTF_8).length;
        List<MacKey> fitting = new ArrayList<>();
        fitting.add(MacKey.ofSecret(secret, JwsAlgorithm.HS256));
        if (octets >= 48) {
            fitting.add(MacKey.ofSecret(secret, JwsAlgorithm.HS384));
        }
        if (octets >= 64) {
            fitting.add(MacKey.ofSecret(secret, JwsAlgorithm.HS512));
        }
        this.keys = List.copyOf(fitting);
    }

    static MacSecret read(JsonObject json) {
        return new MacSecret(json.requireString("secret"));
    }

    /** The keys of those algorithms whose hash is not longer than the secret (RFC 7518 §3.2). */
    public List<MacKey> keys(Set<JwsAlgorithm> algorithms) {
        return keys.stream().filter(key -> algorithms.contains(key.algorithm())).toList();
    }

    /** Whether it is long enough for that MAC (RFC 7518 §3.2); what is none is no matter of it. */
    boolean fits(JwsAlgorithm algorithm) {
        return !algorithm.isMac() || !keys(Set.of(algorithm)).isEmpty();
    }

    @Override
    public boolean matches(String presented) {
        return MessageDigest.isEqual(
                secret.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public JsonObject toJson() {
        return JsonObject.builder().put("secret", secret).build();
    }

    @Override
    public boolean isSensitive() {
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MacSecret that && secret.equals(that.secret);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(secret);
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "MacSecret";
    }
}

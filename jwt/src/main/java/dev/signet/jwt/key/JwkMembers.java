package dev.signet.jwt.key;

import dev.signet.jwt.internal.Base64Url;
import dev.signet.jwt.internal.UnsignedOctets;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the members of a JWK (RFC 7517 §4, RFC 7518 §6), whose faults become {@link KeyException}s. */
final class JwkMembers {
    private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private final JsonObject jwk;

    JwkMembers(JsonObject jwk) {
        this.jwk = jwk;
    }

    /** Whether there is any private or symmetric member. */
    boolean hasPrivate() {
        return PRIVATE.stream().anyMatch(jwk::has);
    }

    boolean has(String name) {
        return jwk.has(name);
    }

    Optional<String> find(String name) {
        return read(members -> members.findString(name));
    }

    String require(String name) {
        return find(name).orElseThrow(() -> new KeyException(name + " is missing"));
    }

    byte[] requireOctets(String name) {
        byte[] octets = Base64Url.decode(require(name));
        if (octets == null || octets.length == 0) {
            throw new KeyException(name + " is not base64url");
        }
        return octets;
    }

    byte[] requireOctets(String name, int length) {
        byte[] octets = requireOctets(name);
        if (octets.length != length) {
            throw new KeyException(name + " is not " + length + " octets long");
        }
        return octets;
    }

    BigInteger requireInteger(String name) {
        return new BigInteger(1, requireOctets(name));
    }

    /** Refuses a key whose {@code use} or {@code key_ops} speak against the operation (RFC 7517 §4.2, §4.3). */
    void requireUse(String use, List<String> operations) {
        Optional<String> stated = find("use");
        if (stated.isPresent() && !stated.get().equals(use)) {
            throw new KeyException("use is not " + use);
        }
        Optional<List<String>> listed = read(members -> members.findStrings("key_ops"));
        if (listed.isPresent()) {
            if (new HashSet<>(listed.get()).size() != listed.get().size()) {
                throw new KeyException("key_ops has duplicates");
            }
            if (operations.stream().noneMatch(listed.get()::contains)) {
                throw new KeyException("key_ops does not permit " + operations.get(0));
            }
        }
    }

    private <T> Optional<T> read(Function<JsonObject, Optional<T>> member) {
        try {
            return member.apply(jwk);
        } catch (JsonException wrongType) {
            throw new KeyException(String.valueOf(wrongType.getMessage()));
        }
    }

    static String encode(BigInteger integer) {
        return Base64Url.encode(UnsignedOctets.of(integer));
    }

    static String encode(BigInteger integer, int length) {
        return Base64Url.encode(UnsignedOctets.of(integer, length));
    }
}

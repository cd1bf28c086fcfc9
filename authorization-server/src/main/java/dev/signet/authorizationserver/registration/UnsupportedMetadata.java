package dev.signet.authorizationserver.registration;

import dev.signet.jwt.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a client can ask for that this server does not have, and that would be weaker than asked if it were ignored as RFC 7591 §2 has
 * it: tokens that are bound, answers that are signed or encrypted, subjects and sign-ins that are held to more.
 */
final class UnsupportedMetadata {

    private static final Map<String, Predicate<Object>> ASKING = Map.ofEntries(
            Map.entry("dpop_bound_access_tokens", Boolean.TRUE::equals),
            Map.entry("tls_client_certificate_bound_access_tokens", Boolean.TRUE::equals),
            Map.entry("authorization_signed_response_alg", value -> true),
            Map.entry("authorization_encrypted_response_alg", value -> true),
            Map.entry("authorization_encrypted_response_enc", value -> true),
            Map.entry("id_token_signed_response_alg", "none"::equals),
            Map.entry("id_token_encrypted_response_alg", value -> true),
            Map.entry("id_token_encrypted_response_enc", value -> true),
            Map.entry("userinfo_signed_response_alg", value -> true),
            Map.entry("userinfo_encrypted_response_alg", value -> true),
            Map.entry("userinfo_encrypted_response_enc", value -> true),
            Map.entry("subject_type", value -> !value.equals("public")),
            Map.entry("require_auth_time", Boolean.TRUE::equals),
            Map.entry("default_max_age", value -> true));

    private UnsupportedMetadata() {}

    /** What is wrong with that metadata, in words that begin with the member. */
    static List<String> faults(JsonObject metadata) {
        return new TreeMap<>(ASKING)
                .entrySet().stream()
                        .filter(each -> metadata.find(each.getKey())
                                .filter(each.getValue())
                                .isPresent())
                        .map(each -> each.getKey() + " asks for what this server does not have")
                        .toList();
    }
}

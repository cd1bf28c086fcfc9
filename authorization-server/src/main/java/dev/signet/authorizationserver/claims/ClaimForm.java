package dev.signet.authorizationserver.claims;

import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which values a claim can have, by its name: those of OpenID Connect Core §5.1 and RFC 9068 §2.2.3.1; any for other names. */
final class ClaimForm {

    static final Set<String> AUTHORITIES = Set.of("groups", "roles", "entitlements");

    private static final Map<String, Predicate<Object>> REGISTERED = Stream.of(
                    named(
                            String.class::isInstance,
                            "name",
                            "given_name",
                            "family_name",
                            "middle_name",
                            "nickname",
                            "preferred_username",
                            "profile",
                            "picture",
                            "website",
                            "email",
                            "gender",
                            "birthdate",
                            "zoneinfo",
                            "locale",
                            "phone_number"),
                    named(Boolean.class::isInstance, "email_verified", "phone_number_verified"),
                    named(value -> value instanceof Long || value instanceof BigDecimal, "updated_at"),
                    named(JsonObject.class::isInstance, "address"))
            .flatMap(each -> each.entrySet().stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private ClaimForm() {}

    private static Map<String, Predicate<Object>> named(Predicate<Object> form, String... names) {
        return Stream.of(names).collect(Collectors.toMap(name -> name, name -> form));
    }

    /** The value as the claim has it; empty if it can't have it. */
    static Optional<Object> of(String claim, Object value, AuthorityShape authorities) {
        if (value == JsonNull.NULL) {
            return Optional.empty();
        }
        if (AUTHORITIES.contains(claim)) {
            return authorities.all(value);
        }
        return Optional.of(value).filter(REGISTERED.getOrDefault(claim, any -> true));
    }
}

package dev.signet.core.authorization;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How and when a resource owner authenticated (RFC 9068 §2.2.1, OpenID Connect Core 1.0 §2).
 *
 * @param at {@code auth_time}
 * @param contextClass {@code acr}: how strong it was, by an agreed name
 * @param methods {@code amr}: by what means (RFC 8176); empty if that is not said
 */
public record Authentication(Instant at, Optional<String> contextClass, List<String> methods) {

    /** Copies the methods. */
    public Authentication {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(contextClass, "contextClass");
        methods = List.copyOf(methods);
    }

    /** By a password (RFC 8176 §2). */
    public static Authentication byPassword(Instant at) {
        return new Authentication(at, Optional.empty(), List.of("pwd"));
    }
}

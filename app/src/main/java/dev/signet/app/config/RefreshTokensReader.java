package dev.signet.app.config;

import dev.signet.authorizationserver.grant.RefreshTokenLifetimes;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code refresh_tokens}: how long they are good (RFC 9700 §4.14.2). */
final class RefreshTokensReader {

    private static final String EXPECTED = "a time from 1m to 3650d";

    RefreshTokenLifetimes read(Section top) {
        Optional<Section> section = top.section("refresh_tokens");
        Duration idle =
                section.flatMap(tokens -> lifetime(tokens, "idle")).orElse(RefreshTokenLifetimes.STANDARD.idle());
        Duration absolute = section.flatMap(tokens -> lifetime(tokens, "absolute"))
                .orElse(RefreshTokenLifetimes.STANDARD.absolute());
        section.ifPresent(Section::done);
        if (idle.compareTo(absolute) > 0) {
            section.ifPresent(tokens -> tokens.fault("idle", "expected a time that is not longer than absolute"));
            return RefreshTokenLifetimes.STANDARD;
        }
        return new RefreshTokenLifetimes(idle, absolute);
    }

    private static Optional<Duration> lifetime(Section tokens, String key) {
        return tokens.value(key, EXPECTED, text -> {
            Duration lifetime = DurationText.parse(text);
            // Held to the bounds alone: what the other one is does not matter here.
            return new RefreshTokenLifetimes(lifetime, lifetime).idle();
        });
    }
}

package dev.signet.app.config;

import dev.signet.authorizationserver.AuthorizationServer;
import java.util.Optional;

/** Reads {@code revocation}: what is remembered about revoked access tokens (RFC 7009 §2). */
final class RevocationReader {

    RevocationSettings read(Section top) {
        Optional<Section> section = top.section("revocation");
        Optional<Boolean> irrevocable =
                section.flatMap(revocation -> revocation.flag("allow_irrevocable_access_tokens"));
        Optional<Integer> inMemory = section.flatMap(
                revocation -> revocation.integer("in_memory", 1, AuthorizationServer.MOST_REVOCATIONS_IN_MEMORY));
        section.ifPresent(Section::done);
        return new RevocationSettings(
                irrevocable.orElse(false), inMemory.orElse(AuthorizationServer.DEFAULT_REVOCATIONS_IN_MEMORY));
    }
}

package dev.signet.app.config;

import java.util.Optional;

/** Reads {@code revocation}: what is remembered about revoked access tokens (RFC 7009 §2). */
final class RevocationReader {

    private static final int IN_MEMORY = 1_000_000;
    private static final int MOST_IN_MEMORY = 100_000_000;

    RevocationSettings read(Section top) {
        Optional<Section> section = top.section("revocation");
        Optional<Boolean> irrevocable =
                section.flatMap(revocation -> revocation.flag("allow_irrevocable_access_tokens"));
        Optional<Integer> inMemory = section.flatMap(revocation -> revocation.integer("in_memory", 1, MOST_IN_MEMORY));
        section.ifPresent(Section::done);
        return new RevocationSettings(irrevocable.orElse(false), inMemory.orElse(IN_MEMORY));
    }
}

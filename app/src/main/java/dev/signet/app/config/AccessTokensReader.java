package dev.signet.app.config;

import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.authorizationserver.accesstoken.PairwiseKey;
import java.util.Optional;

/** Reads {@code access_tokens}: what holds for those of all resources (RFC 9068 §6). */
final class AccessTokensReader {

    private static final String PAIRWISE_KEY = "pairwise_key";

    private final NamedFile files;

    AccessTokensReader(NamedFile files) {
        this.files = files;
    }

    AccessTokenSettings read(Section top) {
        Optional<Section> section = top.section("access_tokens");
        Optional<Integer> length = section.flatMap(tokens -> tokens.integer(
                "warning_length",
                AuthorizationServer.SHORTEST_WARNING_LENGTH,
                AuthorizationServer.LONGEST_WARNING_LENGTH));
        Optional<PairwiseKey> key = section.flatMap(tokens -> new SecretKeyReader(files)
                .read(
                        tokens,
                        PAIRWISE_KEY,
                        "base64 of at least " + PairwiseKey.MINIMUM_LENGTH + " random bytes",
                        PairwiseKey::of));
        section.ifPresent(Section::done);
        return new AccessTokenSettings(length.orElse(AuthorizationServer.DEFAULT_WARNING_LENGTH), key);
    }

    /** Whether a key is named, right or wrong. */
    static boolean namesPairwiseKey(Section top) {
        return top.section("access_tokens")
                .filter(tokens -> tokens.has(PAIRWISE_KEY) || tokens.has(PAIRWISE_KEY + "_file"))
                .isPresent();
    }
}

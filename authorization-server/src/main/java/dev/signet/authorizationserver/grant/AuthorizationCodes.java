package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.internal.RandomTexts;
import dev.signet.authorizationserver.requestobject.AnswerOnce;
import dev.signet.authorizationserver.store.GrantStore;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.authorizationserver.store.TokenDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Issues the codes that stand for what was granted, for a minute (RFC 6749 §4.1.2). Thread-safe. */
public final class AuthorizationCodes {

    /** How long a code can be exchanged. */
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    private final GrantStore grants;
    private final RandomTexts texts;

    /** Keeps them there. */
    public AuthorizationCodes(GrantStore grants, RandomTexts texts) {
        this.grants = grants;
        this.texts = texts;
    }

    /**
     * A code for a grant, which is kept with it, as the one answer to the request that was approved.
     *
     * @param uses what the answer uses up
     * @throws dev.signet.core.error.OAuthException if there was an answer before
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that it is kept
     */
    public String issue(StoredGrant grant, List<SingleUse> uses) {
        String code = texts.next();
        Instant expiresAt = grant.grantedAt().truncatedTo(ChronoUnit.SECONDS).plus(LIFETIME);
        grants.put(grant, TokenDigest.of(code), expiresAt, uses).ifPresent(used -> {
            throw AnswerOnce.refusal(used);
        });
        return code;
    }
}

package dev.signet.resourceserver;

import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolResponse;

/**
 * The answer to whether a request may pass: yes with the token, no with the challenge to send, or not now. What else
 * the API requires is asked of the outcome; who asks several things gets the first refusal.
 *
 * <pre>{@code
 * AccessTokenOutcome outcome = validator.validate(request).requireScope("orders.read");
 * if (outcome instanceof AccessTokenOutcome.Valid valid) {
 *     return orders.of(valid.token().subject());
 * }
 * return outcome.response();
 * }</pre>
 */
public sealed interface AccessTokenOutcome {

    /**
     * This outcome, unless it is a valid token whose scope lacks one of these: then {@code 403 insufficient_scope}.
     *
     * @throws IllegalArgumentException if none is named
     */
    default AccessTokenOutcome requireScope(String... needed) {
        return this instanceof Valid valid ? valid.rules.requireScope(valid, needed) : this;
    }

    /**
     * This outcome, unless it is a valid token that has none of these {@code groups} (RFC 9068 §2.2.3.1): then
     * {@code 403 insufficient_scope}. The challenge does not tell which would be needed: no scope would help.
     *
     * @throws IllegalArgumentException if none is named
     */
    default AccessTokenOutcome requireAnyGroup(String... names) {
        return this instanceof Valid valid ? valid.rules.requireAny(valid, AuthorityClaim.GROUPS, names) : this;
    }

    /** As {@link #requireAnyGroup}, for {@code roles}. */
    default AccessTokenOutcome requireAnyRole(String... names) {
        return this instanceof Valid valid ? valid.rules.requireAny(valid, AuthorityClaim.ROLES, names) : this;
    }

    /** As {@link #requireAnyGroup}, for {@code entitlements}. */
    default AccessTokenOutcome requireAnyEntitlement(String... names) {
        return this instanceof Valid valid ? valid.rules.requireAny(valid, AuthorityClaim.ENTITLEMENTS, names) : this;
    }

    /**
     * This outcome, unless it is a valid token whose {@code acr} or {@code auth_time} does not show that authentication
     * of the resource owner: then {@code 401 insufficient_user_authentication} (RFC 9470 §3). A token without the claim
     * does not show it.
     */
    default AccessTokenOutcome requireAuthentication(StepUp needed) {
        return this instanceof Valid valid ? valid.rules.requireAuthentication(valid, needed) : this;
    }

    /**
     * The response to send instead of what was asked for.
     *
     * @throws IllegalStateException if the token is valid and nothing is to be sent instead
     */
    ProtocolResponse response();

    /** The token is good. Only a validator makes one. */
    final class Valid implements AccessTokenOutcome {

        private final AccessToken token;
        private final AccessRules rules;
        private final boolean legacyTyp;

        Valid(AccessToken token, AccessRules rules, boolean legacyTyp) {
            this.token = token;
            this.rules = rules;
            this.legacyTyp = legacyTyp;
        }

        /** The token. */
        public AccessToken token() {
            return token;
        }

        /**
         * Whether it is good only because {@link TrustedIssuer.Builder#allowLegacyTyp} is on for its issuer (D-09). Who
         * switched that on should log this, to know when it can be switched off again.
         */
        public boolean usedLegacyTyp() {
            return legacyTyp;
        }

        @Override
        public ProtocolResponse response() {
            throw new IllegalStateException("the access token is valid");
        }

        @Override
        public String toString() {
            return "Valid[" + token + "]";
        }
    }

    /**
     * The request must not pass (RFC 6750 §3.1).
     *
     * @param status the status to answer: 400, 401 or 403
     * @param wwwAuthenticate the value of the {@code WWW-Authenticate} header to answer
     * @param reason why, as a stable identifier for log and event; not to be sent
     * @param detail why, in a sentence for the log that holds nothing of the token; not to be sent
     */
    record Refused(int status, String wwwAuthenticate, RefusalReason reason, String detail)
            implements AccessTokenOutcome {

        @Override
        public ProtocolResponse response() {
            return ProtocolResponse.builder(status)
                    .header("WWW-Authenticate", wwwAuthenticate)
                    .noStore()
                    .build();
        }
    }

    /**
     * Nobody can say now: the keys of the authorization server could not be had, or it gave no answer about the token. This
     * is no fault of the sender, who may try again.
     *
     * @param reason why, as a stable identifier for log and event; not to be sent
     * @param detail why, in a sentence for the log; not to be sent
     */
    record Unavailable(RefusalReason reason, String detail) implements AccessTokenOutcome {

        private static final String RETRY_AFTER_SECONDS = "5";

        /** The status to answer. */
        public int status() {
            return 503;
        }

        @Override
        public ProtocolResponse response() {
            return ProtocolResponse.builder(status())
                    .header("Retry-After", RETRY_AFTER_SECONDS)
                    .noStore()
                    .build();
        }
    }
}

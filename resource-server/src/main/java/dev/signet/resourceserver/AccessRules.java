package dev.signet.resourceserver;

import dev.signet.core.Scope;
import dev.signet.core.error.RefusalReason;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import dev.signet.resourceserver.challenge.BearerChallenge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What an API may require of a token that is good, and what is answered where that is lacking (RFC 6750 §3.1). */
final class AccessRules {

    private final BearerChallenge challenge;
    private final Clock clock;
    private final Duration leeway;

    AccessRules(BearerChallenge challenge, Clock clock, Duration leeway) {
        this.challenge = challenge;
        this.clock = clock;
        this.leeway = leeway;
    }

    AccessTokenOutcome requireScope(Valid valid, String... needed) {
        if (needed.length == 0) {
            throw new IllegalArgumentException("needed must not be empty");
        }
        for (String each : needed) {
            if (!valid.token().scope().contains(each)) {
                return new Refused(
                        403,
                        challenge.insufficientScope(Scope.of(needed)),
                        RefusalReason.TOKEN_SCOPE_INSUFFICIENT,
                        "the scope of the access token does not allow the request");
            }
        }
        return valid;
    }

    AccessTokenOutcome requireAny(Valid valid, AuthorityClaim claim, String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("names must not be empty");
        }
        return claim.holdsAny(valid.token().claims(), names)
                ? valid
                : new Refused(
                        403,
                        challenge.insufficientPrivileges(),
                        claim.missing(),
                        claim + " of the access token do not allow the request");
    }

    AccessTokenOutcome requireAuthentication(Valid valid, StepUp needed) {
        AccessToken token = valid.token();
        if (!needed.acrValues().isEmpty()
                && !token.acr().map(needed.acrValues()::contains).orElse(false)) {
            return stepUp(needed, RefusalReason.TOKEN_ACR_INSUFFICIENT, "acr is missing or not one of those needed");
        }
        if (needed.maxAge().isPresent()
                && !token.authTime()
                        .map(time -> isWithin(needed.maxAge().get(), time))
                        .orElse(false)) {
            return stepUp(needed, RefusalReason.TOKEN_AUTH_TIME_INSUFFICIENT, "auth_time is missing, too old or ahead");
        }
        return valid;
    }

    /** A time that lies ahead by more than clocks may differ is none. The leeway makes no authentication younger. */
    private boolean isWithin(Duration maxAge, Instant authTime) {
        Instant now = clock.instant();
        return !authTime.isAfter(now.plus(leeway))
                && Duration.between(authTime, now).compareTo(maxAge) <= 0;
    }

    private Refused stepUp(StepUp needed, RefusalReason reason, String detail) {
        return new Refused(401, challenge.insufficientUserAuthentication(needed.parameters()), reason, detail);
    }
}

package dev.signet.app.inspect;

import dev.signet.app.inspect.Check.Verdict;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.KeysUnavailableException;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Says of a token what a resource server would: its word as a whole, by {@link AccessTokenValidator}, and each check on its
 * own.
 */
public final class TokenInspector {

    private final Expectation expected;
    private final KeySource keys;
    private final Clock clock;

    /** Inspects by the keys of a source, at the time of the clock. */
    public TokenInspector(Expectation expected, KeySource keys, Clock clock) {
        this.expected = expected;
        this.keys = keys;
        this.clock = clock;
    }

    /** The verdict on a JWT, whatever is in it. */
    public Verdicts inspect(InspectedJwt jwt) {
        List<Check> checks = new ArrayList<>(AccessTokenChecks.of(jwt.decoded(), expected, clock.instant()));
        checks.add(signature(jwt.decoded()));
        AccessTokenValidator validator = AccessTokenValidator.builder()
                .issuer(expected.issuer())
                .audience(expected.audience())
                .keys(keys)
                .clock(clock)
                .build();
        AccessTokenOutcome outcome = validator.validateToken(jwt.decoded().compact());
        if (outcome instanceof AccessTokenOutcome.Valid) {
            return new Verdicts(checks, Verdict.PASSED, "a resource server accepts it");
        }
        if (outcome instanceof AccessTokenOutcome.Refused refused) {
            return new Verdicts(
                    checks,
                    Verdict.FAILED,
                    "a resource server refuses it: " + refused.reason().description());
        }
        return new Verdicts(checks, Verdict.NOT_MADE, "nobody can say without the keys of the issuer");
    }

    private Check signature(DecodedJwt jwt) {
        try {
            keys.verify(UnverifiedJwt.parse(jwt.compact()), JwsAlgorithm.DEFAULT_ACCEPTED);
            return new Check("§4", "signature", Verdict.PASSED, "made with a key of the issuer");
        } catch (JwtRejected e) {
            return new Check("§4", "signature", Verdict.FAILED, e.detail());
        } catch (KeysUnavailableException e) {
            return new Check("§4", "signature", Verdict.NOT_MADE, "no keys: " + e.detail());
        }
    }
}

package dev.signet.resourceserver;

import dev.signet.core.explanation.Check;
import dev.signet.core.explanation.CheckList;
import dev.signet.core.explanation.Explanation;
import dev.signet.core.explanation.JwtKind;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import dev.signet.resourceserver.AccessTokenOutcome.Unavailable;
import java.util.List;
import java.util.stream.Stream;

/** Which checks there are, in the order of the code that makes them; the rules are there. */
final class ValidationChecks {

    private static final List<Check> OF_A_JWT = List.of(
            Check.FORM,
            Check.ISSUER,
            Check.ENCRYPTION,
            Check.ALGORITHM,
            Check.KEY,
            Check.SIGNATURE,
            Check.TYPE,
            Check.CLAIMS,
            Check.AUDIENCE,
            Check.EXPIRY,
            Check.NOT_BEFORE,
            Check.ISSUED_AT,
            Check.CLAIM_FORM,
            Check.CONFIRMATION);

    /** Of a JWT that nobody is asked about. */
    static final ValidationChecks LOCAL = new ValidationChecks(OF_A_JWT);

    /** Of a JWT that its issuer is asked about. */
    static final ValidationChecks INTROSPECTED = new ValidationChecks(
            Stream.concat(OF_A_JWT.stream(), Stream.of(Check.INTROSPECTION)).toList());

    /** Of a token that says nothing by itself. */
    static final ValidationChecks OPAQUE = new ValidationChecks(List.of(
            Check.FORM,
            Check.INTROSPECTION,
            Check.CLAIMS,
            Check.ISSUER,
            Check.AUDIENCE,
            Check.EXPIRY,
            Check.NOT_BEFORE,
            Check.ISSUED_AT,
            Check.CLAIM_FORM,
            Check.CONFIRMATION));

    private final CheckList checks;

    private ValidationChecks(List<Check> made) {
        this.checks = new CheckList(JwtKind.ACCESS_TOKEN, made, List.of());
    }

    /** What an outcome says of each. */
    Explanation explain(AccessTokenOutcome outcome) {
        if (outcome instanceof Refused refused) {
            return checks.refused(refused.reason(), refused.detail());
        }
        if (outcome instanceof Unavailable unavailable) {
            return checks.refused(unavailable.reason(), unavailable.detail());
        }
        return checks.accepted();
    }
}

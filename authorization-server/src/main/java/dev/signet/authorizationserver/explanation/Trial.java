package dev.signet.authorizationserver.explanation;

import dev.signet.authorizationserver.accesstoken.AccessTokenReader;
import dev.signet.authorizationserver.accesstoken.IssuedAccessToken;
import dev.signet.authorizationserver.accesstoken.RevocationList;
import dev.signet.authorizationserver.accesstoken.TokenParties;
import dev.signet.authorizationserver.clientauth.ClientAuthentication;
import dev.signet.authorizationserver.clientauth.PresentedCredentials;
import dev.signet.authorizationserver.grant.JwtBearerGrant;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.explanation.Check;
import dev.signet.core.explanation.CheckList;
import dev.signet.core.explanation.Explanation;
import dev.signet.core.explanation.Finding;
import dev.signet.core.explanation.JwtKind;
import dev.signet.jwt.JwtRejected;
import dev.signet.outbound.KeysUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How a JWT of one kind is tried: by the code that decides about it, up to where it would be used up. The list of its checks
 * has the order of that code and holds no rule. Nothing is stored, and nobody is told. Thread-safe.
 */
public final class Trial {

    /** What an assertion is held to whoever presents it, in order. */
    static final List<Check> GRANT_ASSERTION = List.of(
            Check.GRANT,
            Check.FORM,
            Check.ISSUER,
            Check.ALGORITHM,
            Check.KEY,
            Check.SIGNATURE,
            Check.TYPE,
            Check.CLAIMS,
            Check.AUDIENCE,
            Check.EXPIRY,
            Check.NOT_BEFORE,
            Check.ISSUED_AT,
            Check.CONDITIONS,
            Check.SUBJECT);

    private final JwtKind kind;
    private final Function<String, CheckList> checks;
    private final Attempt attempt;

    private Trial(JwtKind kind, Function<String, CheckList> checks, Attempt attempt) {
        this.kind = kind;
        this.checks = checks;
        this.attempt = attempt;
    }

    private static Trial of(CheckList checks, Attempt attempt) {
        return new Trial(checks.kind(), any -> checks, attempt);
    }

    /** The code that decides: it ends, or throws what ends a request. */
    private interface Attempt {
        void on(String jwt, Instant now);
    }

    /**
     * As a client's proof of who it is (RFC 7523 §3).
     *
     * @param reading finds out whose proof it is to be
     * @param everywhere whether it is good at every endpoint and for every grant
     */
    public static Trial ofClientAssertions(
            Function<String, PresentedCredentials.Assertion> reading,
            ClientAuthentication clients,
            boolean everywhere) {
        List<Finding> left = everywhere
                ? List.of(singleUse())
                : List.of(
                        Finding.notReached(Check.ALLOWED_METHOD, "depends on the endpoint and the grant"), singleUse());
        CheckList ofOwn = clientAssertions(
                Stream.of(Check.ALGORITHM, Check.KEY, Check.SIGNATURE, Check.TYPE, Check.CLAIMS, Check.ISSUER),
                Stream.of(),
                left);
        CheckList ofFederated = clientAssertions(
                Stream.of(Check.ISSUER, Check.ALGORITHM, Check.KEY, Check.SIGNATURE, Check.TYPE, Check.CLAIMS),
                Stream.of(Check.CONDITIONS, Check.SUBJECT, Check.IDENTITY, Check.PERMISSION),
                left);
        return new Trial(
                JwtKind.CLIENT_ASSERTION,
                jwt -> isFederated(jwt, reading, clients) ? ofFederated : ofOwn,
                (jwt, now) -> clients.authenticate(reading.apply(jwt), now));
    }

    private static boolean isFederated(
            String jwt, Function<String, PresentedCredentials.Assertion> reading, ClientAuthentication clients) {
        try {
            return clients.isFederated(reading.apply(jwt));
        } catch (OAuthException unreadable) {
            return false;
        }
    }

    private static CheckList clientAssertions(Stream<Check> first, Stream<Check> last, List<Finding> left) {
        Stream<Check> times = Stream.of(Check.AUDIENCE, Check.EXPIRY, Check.NOT_BEFORE, Check.ISSUED_AT);
        List<Check> made = Stream.of(
                        Stream.of(Check.FORM, Check.CLIENT, Check.METHOD), first, times, last, Stream.of(Check.ENABLED))
                .flatMap(Function.identity())
                .toList();
        return new CheckList(JwtKind.CLIENT_ASSERTION, made, left);
    }

    /** As what is exchanged for a token (RFC 7523 §3). */
    public static Trial ofGrantAssertions(JwtBearerGrant grant) {
        return ofGrantAssertions(grant::check);
    }

    /** As what is exchanged for a token, by a server that exchanges none. */
    public static Trial ofGrantAssertions() {
        return ofGrantAssertions((jwt, now) -> {
            throw OAuthException.of(
                    ErrorCode.UNSUPPORTED_GRANT_TYPE,
                    "The grant type is not supported",
                    RefusalReason.GRANT_TYPE_UNSUPPORTED,
                    "no issuer is trusted");
        });
    }

    private static Trial ofGrantAssertions(Attempt attempt) {
        List<Finding> left = List.of(
                Finding.notReached(Check.PERMISSION, "depends on the client that presents it"),
                Finding.notReached(Check.TARGET, "depends on the request"),
                singleUse());
        return of(new CheckList(JwtKind.GRANT_ASSERTION, GRANT_ASSERTION, left), attempt);
    }

    /** As a token of this server that came back (RFC 9068 §4, RFC 7662 §2.2). */
    public static Trial ofAccessTokens(AccessTokenReader tokens, TokenParties parties, RevocationList revocations) {
        return ofAccessTokens(tokens, true, (text, now) -> {
            IssuedAccessToken token = tokens.read(text, now);
            if (revocations.isRevoked(token.jwtId())) {
                throw OAuthException.of(
                        ErrorCode.INVALID_TOKEN,
                        "The access token was revoked",
                        RefusalReason.TOKEN_REVOKED,
                        "its jti is among the revoked ones");
            }
            requireUsable(parties, token);
        });
    }

    /** As a token of this server that came back, where nothing is revoked. */
    public static Trial ofAccessTokens(AccessTokenReader tokens, TokenParties parties) {
        return ofAccessTokens(tokens, false, (text, now) -> requireUsable(parties, tokens.read(text, now)));
    }

    private static void requireUsable(TokenParties parties, IssuedAccessToken token) {
        parties.unusable(token).ifPresent(reason -> {
            throw OAuthException.of(
                    ErrorCode.INVALID_TOKEN, "The access token is not active", reason, reason.description());
        });
    }

    private static Trial ofAccessTokens(AccessTokenReader tokens, boolean revocable, Attempt attempt) {
        CheckList ofKept = accessTokens(List.of(Check.KEPT, Check.EXPIRY), revocable);
        CheckList ofJwts = accessTokens(
                List.of(
                        Check.FORM,
                        Check.ALGORITHM,
                        Check.KEY,
                        Check.SIGNATURE,
                        Check.TYPE,
                        Check.CLAIMS,
                        Check.ISSUER,
                        Check.EXPIRY,
                        Check.NOT_BEFORE,
                        Check.ISSUED_AT,
                        Check.CLAIM_FORM),
                revocable);
        return new Trial(JwtKind.ACCESS_TOKEN, token -> tokens.isKept(token) ? ofKept : ofJwts, attempt);
    }

    private static CheckList accessTokens(List<Check> read, boolean revocable) {
        List<Check> made = new ArrayList<>(read);
        List<Finding> left = new ArrayList<>();
        if (revocable) {
            made.add(Check.REVOCATION);
        } else {
            left.add(Finding.notReached(Check.REVOCATION, "nothing can be revoked here"));
        }
        made.addAll(List.of(Check.CLIENT, Check.ENABLED));
        left.add(Finding.notReached(Check.AUDIENCE, "each API looks for its own name, this server for none"));
        return new CheckList(JwtKind.ACCESS_TOKEN, made, left);
    }

    /** As the authorization request of the client that it has for {@code iss} (RFC 9101 §6). */
    public static Trial ofRequestObjects(RequestObjectAttempt attempt) {
        return ofRequestObjects(Stream.of(), attempt::on);
    }

    /** As the authorization request of a client that is named beside it. */
    public static Trial ofRequestObjectsOfOne(RequestObjectAttempt attempt) {
        return ofRequestObjects(Stream.of(Check.ISSUER), attempt::on);
    }

    /** As the authorization request of a client, where nobody is asked for anything. */
    public static Trial ofRequestObjects() {
        return ofRequestObjects(Stream.of(), (jwt, now) -> {
            throw RequestObjectAttempt.unsupported("there is no authorization endpoint");
        });
    }

    private static Trial ofRequestObjects(Stream<Check> issuer, Attempt attempt) {
        Stream<Check> first = Stream.of(
                Check.TAKEN,
                Check.FORM,
                Check.CLIENT,
                Check.ENABLED,
                Check.ALGORITHM,
                Check.KEY,
                Check.SIGNATURE,
                Check.TYPE,
                Check.REQUEST,
                Check.CLAIMS);
        Stream<Check> last = Stream.of(
                Check.AUDIENCE,
                Check.EXPIRY,
                Check.NOT_BEFORE,
                Check.ISSUED_AT,
                Check.PARAMETERS,
                Check.PERMISSION,
                Check.TARGET);
        List<Check> made =
                Stream.of(first, issuer, last).flatMap(Function.identity()).toList();
        return of(new CheckList(JwtKind.REQUEST_OBJECT, made, List.of(singleUse())), attempt);
    }

    static Finding singleUse() {
        return Finding.notReached(Check.SINGLE_USE, "not asked, because asking is using");
    }

    /**
     * What would become of a JWT.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    Explanation of(String jwt, Instant now) {
        return explained(checks.apply(jwt), () -> attempt.on(jwt, now));
    }

    /** What comes of code that decides. */
    static Explanation explained(CheckList list, Runnable decision) {
        try {
            decision.run();
            return list.accepted();
        } catch (OAuthException refusal) {
            return list.refused(refusal.reason(), refusal.detail());
        } catch (JwtRejected rejected) {
            return list.refused(RefusalReason.of(rejected.reason()), rejected.detail());
        } catch (KeysUnavailableException unavailable) {
            return list.refused(RefusalReason.KEYS_UNAVAILABLE, unavailable.detail());
        }
    }

    JwtKind kind() {
        return kind;
    }
}

package dev.signet.authorizationserver.requestobject;

import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.internal.SignedJwtReader;
import dev.signet.authorizationserver.registry.ClientKeys;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.RequestObjectSettings;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.core.Issuer;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.claims.CheckedClaims;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what a request object says, and whether it is one of that client (RFC 9101 §6). Thread-safe.
 *
 * <p>Cheap checks come first, then decryption and signature, then what makes it a request object of this client. What is wrong with the
 * other claims is noted and not thrown: by then it is known whom to tell.
 */
final class RequestObjectCheck {

    /** What is about the sending, or authenticates whoever pushes. */
    static final Set<String> NOT_MERGED = Set.of(
            ParameterName.REQUEST,
            ParameterName.REQUEST_URI,
            ParameterName.CLIENT_SECRET,
            ParameterName.CLIENT_ASSERTION,
            ParameterName.CLIENT_ASSERTION_TYPE,
            Interactions.FIELD);

    private final Issuer issuer;
    private final RequestPolicy policy;
    private final SignedJwtReader jwts;
    private final ClientKeys keys;
    private final Set<JwsAlgorithm> algorithms;
    private final Duration skew;

    RequestObjectCheck(
            Issuer issuer,
            RequestPolicy policy,
            SignedJwtReader jwts,
            ClientKeys keys,
            Set<JwsAlgorithm> algorithms,
            Duration skew) {
        this.issuer = issuer;
        this.policy = policy;
        this.jwts = jwts;
        this.keys = keys;
        this.algorithms = algorithms;
        this.skew = skew;
    }

    /**
     * One whose signature is the client's.
     *
     * @param parameters those that count
     * @param uses what an answer uses up
     * @param fault what is wrong with the claims beside the parameters, for the client to be told; empty if nothing is
     */
    record Checked(FormParameters parameters, List<SingleUse> uses, Optional<OAuthException> fault) {}

    /**
     * What it says.
     *
     * @param sent the parameters beside it
     * @param leniencies where those are noted without which it could not be read
     * @throws OAuthException {@code invalid_request_object} if nothing of it counts
     */
    Checked check(
            RegisteredClient client, String text, FormParameters sent, Instant judgedAt, List<LeniencyUse> leniencies) {
        try {
            RequestObject.Rules rules = rules(client.requestObjects(), client);
            VerifiedJwt jwt = verified(client, text, leniencies);
            rules.requireType(jwt);
            FormParameters parameters = parameters(client, jwt.claims(), sent, leniencies);
            return judge(client, rules, jwt, parameters, judgedAt, leniencies);
        } catch (JwtRejected rejected) {
            throw OAuthException.invalidRequestObject(rejected);
        }
    }

    private RequestObject.Rules rules(RequestObjectSettings settings, RegisteredClient client) {
        return RequestObject.rules(
                client.clientId(),
                issuer,
                new RequestObject.Options(
                        settings.isTypeRequired() || policy.isTypeRequired(),
                        settings.isJwtIdRequired() || policy.isJwtIdRequired(),
                        settings.areClaimsOptional(),
                        skew));
    }

    /** Signed by the client, by an algorithm that it registered, whatever the header points to. */
    private VerifiedJwt verified(RegisteredClient client, String text, List<LeniencyUse> leniencies) {
        RequestObjectSettings settings = client.requestObjects();
        UnverifiedJwt jwt = settings.encryption().isPresent()
                ? jwts.read(
                        text,
                        Set.of(settings.encryption().get().algorithm()),
                        Set.of(settings.encryption().get().encryption()))
                : jwts.read(text, DecryptionKey.ALGORITHMS, EncryptedJwt.ENCRYPTIONS);
        Set<JwsAlgorithm> allowed = settings.signingAlgorithm()
                .map(registered -> algorithms.contains(registered) ? Set.of(registered) : Set.<JwsAlgorithm>of())
                .orElse(algorithms);
        if (allowed.isEmpty()) {
            throw new JwtRejected(Reason.ALGORITHM_NOT_ALLOWED, "the algorithm the client registered is not enabled");
        }
        try {
            return keys.verify(client, jwt, allowed);
        } catch (JwtRejected rejected) {
            if (!client.tryAllKeys() || rejected.reason() != Reason.KEY_AMBIGUOUS) {
                throw rejected;
            }
            leniencies.add(use("tryAllKeys", client));
            return keys.verify(client, jwt.tryingAllKeys(), allowed);
        }
    }

    private static LeniencyUse use(String name, RegisteredClient client) {
        return new LeniencyUse(name, client.clientId().value());
    }

    private static FormParameters parameters(
            RegisteredClient client, JsonObject claims, FormParameters sent, List<LeniencyUse> leniencies) {
        boolean merges = client.requestObjects().isMerged();
        if (claims.has(ParameterName.REQUEST) || claims.has(ParameterName.REQUEST_URI)) {
            throw OAuthException.invalidRequestObject(
                    RefusalReason.REQUEST_OBJECT_TWICE, "the request object has a request or request_uri in it");
        }
        String clientId = client.clientId().value();
        // A client assertion has the client for its subject: it must not do for a request (RFC 9101 §10.8).
        if (claims.find("sub").filter(clientId::equals).isPresent()) {
            throw OAuthException.invalidRequestObject(
                    RefusalReason.REQUEST_OBJECT_CLIENT, "the request object has the client as sub");
        }
        FormParameters inside = RequestParameters.of(claims, merges);
        FormParameters all = merges ? merged(client, inside, sent, leniencies) : inside;
        if (!all.single(ParameterName.CLIENT_ID).equals(Optional.of(clientId))) {
            throw OAuthException.invalidRequestObject(
                    RefusalReason.REQUEST_OBJECT_CLIENT, "client_id is not in the request object, or is another one");
        }
        return all;
    }

    /** OpenID Connect Core 1.0 §6.1: what is inside wins, and what OAuth needs outside is the same inside. */
    private static FormParameters merged(
            RegisteredClient client, FormParameters inside, FormParameters outside, List<LeniencyUse> leniencies) {
        Optional<String> type = outside.single(ParameterName.RESPONSE_TYPE);
        if (type.isPresent()
                && inside.single(ParameterName.RESPONSE_TYPE)
                        .filter(other -> !other.equals(type.get()))
                        .isPresent()) {
            throw OAuthException.invalidRequestObject(
                    RefusalReason.REQUEST_OBJECT_PARAMETER, "response_type is another one outside the request object");
        }
        FormParameters gaps = outside.without(inside.names()).without(NOT_MERGED);
        if (gaps.names().isEmpty()) {
            return inside;
        }
        leniencies.add(use("oidcRequestMerge", client));
        return inside.and(gaps);
    }

    private Checked judge(
            RegisteredClient client,
            RequestObject.Rules rules,
            VerifiedJwt jwt,
            FormParameters parameters,
            Instant judgedAt,
            List<LeniencyUse> leniencies) {
        try {
            CheckedClaims claims = rules.check(jwt, judgedAt);
            if (client.requestObjects().areClaimsOptional()
                    && !Set.of("iss", "aud", "exp").stream().allMatch(jwt.claims()::has)) {
                leniencies.add(use("requestObjectClaimsOptional", client));
            }
            return new Checked(parameters, uses(client, claims), Optional.empty());
        } catch (JwtRejected rejected) {
            return new Checked(parameters, List.of(), Optional.of(OAuthException.invalidRequestObject(rejected)));
        }
    }

    /** Remembered until it is refused for its age anyway, however long people take. */
    private List<SingleUse> uses(RegisteredClient client, CheckedClaims claims) {
        return claims.jwtId()
                .map(id -> new SingleUse(
                        new ReplayKey(
                                ReplayKey.REQUEST_OBJECT, client.clientId().value(), id),
                        claims.expiresAt().plus(skew).plus(Interactions.LONGEST)))
                .map(List::of)
                .orElse(List.of());
    }
}

package dev.signet.authorizationserver.explanation;

import dev.signet.authorizationserver.accesstoken.AccessTokenReader;
import dev.signet.authorizationserver.internal.SignedJwtReader;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.explanation.Explanation;
import dev.signet.core.explanation.JwtKind;
import dev.signet.jwt.JwtRejected;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says of a JWT what this server makes of it. Thread-safe. */
public final class Explanations {

    private final Issuer issuer;
    private final SignedJwtReader jwts;
    private final AccessTokenReader tokens;
    private final Map<JwtKind, Trial> trials;
    private final Map<JwtKind, Function<ClientId, Trial>> ofClient;

    /**
     * Explains by trying.
     *
     * @param jwts opens what is encrypted to this server, to see what it is
     * @param tokens knows what this server keeps
     * @param trials one for each kind
     * @param ofClient the one for each kind that a client names itself beside
     */
    public Explanations(
            Issuer issuer,
            SignedJwtReader jwts,
            AccessTokenReader tokens,
            Collection<Trial> trials,
            Map<JwtKind, Function<ClientId, Trial>> ofClient) {
        this.issuer = issuer;
        this.jwts = jwts;
        this.tokens = tokens;
        this.trials = trials.stream().collect(Collectors.toUnmodifiableMap(Trial::kind, Function.identity()));
        this.ofClient = Map.copyOf(ofClient);
    }

    /**
     * What would become of a JWT of that kind.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    public Explanation of(JwtKind kind, String jwt, Instant now) {
        return Objects.requireNonNull(trials.get(kind), "each kind has a trial").of(jwt, now);
    }

    /**
     * What would become of a JWT of that kind, of a client that names itself beside it.
     *
     * @throws IllegalArgumentException if nobody is named beside that kind
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    public Explanation of(ClientId client, JwtKind kind, String jwt, Instant now) {
        Function<ClientId, Trial> trial = ofClient.get(kind);
        if (trial == null) {
            throw new IllegalArgumentException("kind must be that of a JWT that clients send in their own name");
        }
        return trial.apply(client).of(jwt, now);
    }

    /**
     * What a JWT seems to be; empty if it can't be read or is no kind that is known here.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    public Optional<JwtKind> recognize(String jwt) {
        if (tokens.isKept(jwt)) {
            return Optional.of(JwtKind.ACCESS_TOKEN);
        }
        try {
            return JwtKind.recognize(jwts.read(jwt), issuer);
        } catch (JwtRejected unreadable) {
            return Optional.empty();
        }
    }
}

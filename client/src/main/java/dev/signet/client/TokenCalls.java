package dev.signet.client;

import dev.signet.core.http.ParameterName;
import dev.signet.core.token.TokenResponse;
import dev.signet.jwt.UnverifiedJwt;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for tokens, by each of the grants (RFC 6749 §4, §5, §6). */
final class TokenCalls {

    private final EndpointCalls calls;
    private final ServerEncryption encryption;
    private final Clock clock;

    TokenCalls(EndpointCalls calls, ServerEncryption encryption, Clock clock) {
        this.calls = calls;
        this.encryption = encryption;
        this.clock = clock;
    }

    /**
     * What came of a request.
     *
     * @param next by what to ask another time; empty if there is nothing
     */
    record Answer(Outcome<IssuedToken> outcome, Optional<TokenRequest> next) {}

    private record Issued(IssuedToken token, Optional<String> refreshToken) {}

    Answer token(TokenRequest request) {
        if (request.grant() instanceof Grant.Code grant) {
            return exchange(request, grant);
        }
        Outcome<Issued> outcome = request.grant() instanceof Grant.Refresh refresh
                ? refresh.token().exchange(value -> ask(request, value), Issued::refreshToken, calls.issuerMetadata())
                : ask(request, "");
        return new Answer(token(outcome), Optional.of(request));
    }

    private Answer exchange(TokenRequest request, Grant.Code grant) {
        Outcome<Issued> outcome = ask(request, "");
        if (outcome instanceof Outcome.Success<Issued> success) {
            Issued issued = success.answer();
            Optional<RefreshToken> granted =
                    issued.refreshToken().map(value -> RefreshToken.issued(value, grant.keeper()));
            Optional<Failure> unkept = granted.flatMap(token -> token.keep(calls.issuerMetadata()));
            // By what was granted, which may be less than what was asked for: more is refused (RFC 6749 §6).
            return new Answer(
                    unkept.<Outcome<IssuedToken>>map(Outcome.Failed::new).orElseGet(() -> token(outcome)),
                    granted.map(token -> new TokenRequest(
                            new Grant.Refresh(token), issued.token().scope(), request.resource())));
        }
        Failure failure = outcome.failure().orElseThrow();
        // A code that was looked at is used up: what tries it again looks like who stole it (RFC 6749 §4.1.2).
        boolean isUnseen = failure instanceof Failure.NotSent || failure instanceof Failure.Unreachable;
        return new Answer(token(outcome), isUnseen ? Optional.of(request) : Optional.empty());
    }

    private static Outcome<IssuedToken> token(Outcome<Issued> outcome) {
        return outcome instanceof Outcome.Success<Issued> success
                ? new Outcome.Success<>(success.answer().token())
                : new Outcome.Failed<>(outcome.failure().orElseThrow());
    }

    private Outcome<Issued> ask(TokenRequest request, String refreshToken) {
        Instant asked = clock.instant();
        return calls.call(Endpoint.TOKEN, endpoint -> form(request, refreshToken, endpoint), (json, sent) -> {
            TokenResponse response = TokenResponse.parse(json);
            if (!response.isBearer()) {
                throw new UnusableAnswerException(Problem.TOKEN_TYPE, "has a token of a type that is not understood");
            }
            return new Issued(
                    new IssuedToken(
                            response.accessToken(),
                            response.expiresIn().map(asked::plus),
                            response.scope().orElse(request.scope()),
                            request.resource()),
                    response.refreshToken());
        });
    }

    private List<Map.Entry<String, String>> form(TokenRequest request, String refreshToken, URI endpoint)
            throws FailureException {
        List<Map.Entry<String, String>> form = new ArrayList<>();
        form.add(Map.entry(ParameterName.GRANT_TYPE, request.grant().type()));
        if (request.grant() instanceof Grant.JwtBearer grant) {
            form.add(Map.entry(ParameterName.ASSERTION, assertion(grant, endpoint)));
        } else if (request.grant() instanceof Grant.Code grant) {
            AuthorizationCode code = grant.code();
            form.add(Map.entry(ParameterName.CODE, code.value()));
            form.add(Map.entry(ParameterName.REDIRECT_URI, code.redirectUri().value()));
            form.add(Map.entry(ParameterName.CODE_VERIFIER, code.verifier().value()));
        } else if (request.grant() instanceof Grant.Refresh) {
            form.add(Map.entry(ParameterName.REFRESH_TOKEN, refreshToken));
        }
        if (!request.scope().isEmpty() && !(request.grant() instanceof Grant.Code)) {
            form.add(Map.entry(ParameterName.SCOPE, request.scope().toString()));
        }
        request.resource().ifPresent(resource -> form.add(Map.entry(ParameterName.RESOURCE, resource.value())));
        return form;
    }

    private String assertion(Grant.JwtBearer grant, URI endpoint) throws FailureException {
        String assertion = EndpointCalls.supplied(endpoint, () -> {
            String made = grant.assertions().assertionFor(calls.issuer());
            if (!UnverifiedJwt.isCompact(made)) {
                throw new IllegalStateException("the assertion is not one JWT in compact serialization");
            }
            return made;
        });
        return grant.encrypted()
                ? encryption.encrypt(assertion, ServerEncryption.ALGORITHMS, "A256GCM", endpoint)
                : assertion;
    }
}

package dev.signet.authorizationserver.clientauth;

import static dev.signet.core.http.ParameterName.CLIENT_ASSERTION;
import static dev.signet.core.http.ParameterName.CLIENT_ASSERTION_TYPE;
import static dev.signet.core.http.ParameterName.CLIENT_ID;
import static dev.signet.core.http.ParameterName.CLIENT_SECRET;

import dev.signet.authorizationserver.internal.SignedJwtReader;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.BasicCredentials;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.UnverifiedJwt;
import java.util.List;
import java.util.Optional;

/** Finds out by which one mechanism a request says who sends it (RFC 6749 §2.3, RFC 7521 §4.2). */
public final class CredentialsReader {

    private final SignedJwtReader assertions;

    /** Reads assertions in that way. */
    public CredentialsReader(SignedJwtReader assertions) {
        this.assertions = assertions;
    }

    /**
     * The credentials of a request.
     *
     * @throws OAuthException {@code invalid_client} if they are malformed, contradict each other, or an assertion is not the
     *     only mechanism; {@code invalid_request} for two other mechanisms at once
     */
    public PresentedCredentials read(ProtocolRequest request, FormParameters form) {
        List<String> authorization = request.headers("authorization");
        Optional<String> assertion = form.single(CLIENT_ASSERTION);
        Optional<String> assertionType = form.single(CLIENT_ASSERTION_TYPE);
        Optional<String> secret = form.single(CLIENT_SECRET);
        boolean asserted = assertion.isPresent() || assertionType.isPresent();
        requireOneMechanism(authorization.size() + (secret.isPresent() ? 1 : 0) + (asserted ? 1 : 0), asserted);
        Optional<ClientId> clientId = form.single(CLIENT_ID).map(ClientId::parse);
        PresentedCredentials presented;
        if (!authorization.isEmpty()) {
            presented = header(authorization.get(0));
        } else if (asserted) {
            return assertion(assertion, assertionType, clientId, request.path());
        } else if (secret.isPresent()) {
            presented = new PresentedCredentials.Secret(
                    clientId.orElseThrow(CredentialsReader::withoutClientId), secret.get(), false);
        } else if (clientId.isPresent()) {
            return new PresentedCredentials.Identifier(clientId.get());
        } else {
            return new PresentedCredentials.None();
        }
        requireSameClient(presented, clientId);
        return presented;
    }

    private static void requireOneMechanism(int mechanisms, boolean asserted) {
        if (mechanisms <= 1) {
            return;
        }
        String detail = "the request has " + mechanisms + " mechanisms of client authentication";
        if (asserted) {
            throw OAuthException.invalidClient(RefusalReason.CLIENT_TWO_MECHANISMS, detail);
        }
        throw OAuthException.invalidRequest(
                "The client must authenticate in one way only", RefusalReason.CLIENT_TWO_MECHANISMS, detail);
    }

    private static PresentedCredentials header(String authorization) {
        BasicCredentials credentials = BasicCredentials.parse(authorization)
                .orElseThrow(() -> OAuthException.invalidClient(
                        RefusalReason.CLIENT_METHOD_NOT_REGISTERED,
                        "the Authorization header has a scheme that clients can't authenticate by"));
        return new PresentedCredentials.Secret(credentials.clientId(), credentials.secret(), true);
    }

    private PresentedCredentials assertion(
            Optional<String> assertion, Optional<String> type, Optional<ClientId> clientId, String path) {
        if (!type.equals(Optional.of(ClientAssertion.ASSERTION_TYPE))) {
            throw OAuthException.invalidClient(
                    RefusalReason.CLIENT_ASSERTION_TYPE,
                    type.isPresent() ? "client_assertion_type is unknown" : "client_assertion_type is missing");
        }
        String compact = assertion.orElseThrow(() -> OAuthException.invalidClient(
                RefusalReason.CLIENT_ASSERTION_TYPE, "client_assertion is missing beside its type"));
        UnverifiedJwt jwt = jwt(compact);
        return new PresentedCredentials.Assertion(jwt, clientId.orElseGet(() -> subject(jwt)), path);
    }

    /**
     * An assertion that a client shows and no more: its {@code sub} is the client.
     *
     * @throws OAuthException {@code invalid_client} if it can't be read, or does not say whose it is
     */
    public PresentedCredentials.Assertion assertion(String compact) {
        UnverifiedJwt jwt = jwt(compact);
        return new PresentedCredentials.Assertion(jwt, subject(jwt), "");
    }

    /**
     * An assertion that a client shows beside its name.
     *
     * @throws OAuthException {@code invalid_client} if it can't be read
     */
    public PresentedCredentials.Assertion assertion(String compact, ClientId clientId) {
        return new PresentedCredentials.Assertion(jwt(compact), clientId, "");
    }

    private static ClientId subject(UnverifiedJwt jwt) {
        return ClientId.parse(jwt.claimedSubject()
                .orElseThrow(() -> OAuthException.invalidClient(
                        RefusalReason.CLIENT_CREDENTIALS_MALFORMED, "sub is missing or not a string")));
    }

    private UnverifiedJwt jwt(String compact) {
        try {
            return assertions.read(compact);
        } catch (JwtRejected rejected) {
            throw OAuthException.invalidClient(rejected);
        }
    }

    private static void requireSameClient(PresentedCredentials presented, Optional<ClientId> clientId) {
        if (clientId.isPresent() && !presented.claimedClient().equals(clientId)) {
            throw OAuthException.invalidClient(
                    RefusalReason.CLIENT_ID_MISMATCH, "client_id names another client than the credentials");
        }
    }

    private static OAuthException withoutClientId() {
        return OAuthException.invalidClient(
                RefusalReason.CLIENT_CREDENTIALS_MISSING, "client_secret came without client_id");
    }
}

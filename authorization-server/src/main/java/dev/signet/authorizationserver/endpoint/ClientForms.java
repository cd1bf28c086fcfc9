package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.clientauth.AllowedMethods;
import dev.signet.authorizationserver.clientauth.Caller;
import dev.signet.authorizationserver.clientauth.ClientAuthentication;
import dev.signet.authorizationserver.clientauth.ClientEndpoint;
import dev.signet.authorizationserver.clientauth.CredentialsReader;
import dev.signet.authorizationserver.clientauth.PresentedCredentials;
import dev.signet.authorizationserver.grant.Grant;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.core.http.ProtocolRequest;
import java.util.Set;

/**
 * Reads the forms that clients send, and finds out who sent one: the same at each endpoint that clients authenticate at (RFC
 * 6749 §2.3, §3.2). Thread-safe.
 */
public final class ClientForms {

    private static final Set<String> CREDENTIALS = Set.of(
            ParameterName.CLIENT_ID,
            ParameterName.CLIENT_SECRET,
            ParameterName.CLIENT_ASSERTION,
            ParameterName.ASSERTION,
            ParameterName.TOKEN);

    private final CredentialsReader credentials;
    private final ClientAuthentication clientAuthentication;
    private final AllowedMethods allowed;

    /**
     * Reads and authenticates in that way.
     *
     * @param allowed by which methods where
     */
    public ClientForms(
            CredentialsReader credentials, ClientAuthentication clientAuthentication, AllowedMethods allowed) {
        this.credentials = credentials;
        this.clientAuthentication = clientAuthentication;
        this.allowed = allowed;
    }

    /** A form with the credentials in it, of which nothing is checked yet. */
    record ClientForm(FormParameters parameters, PresentedCredentials presented) {}

    /**
     * The form of a request.
     *
     * @param repeatable the known parameters that may come more than once
     * @throws OAuthException {@code invalid_request} or {@code invalid_client} if it can't be read
     */
    ClientForm read(ProtocolRequest request, Set<String> repeatable, RequestEvents events) {
        requireNoCredentialsInQuery(request);
        FormParameters form = request.form();
        form.requireUnrepeated(repeatable);
        PresentedCredentials presented = credentials.read(request, form);
        events.claimedClient(presented.claimedClient());
        return new ClientForm(form, presented);
    }

    /**
     * Who sent it to an endpoint that has no grants.
     *
     * @throws OAuthException {@code invalid_client} if the credentials are wrong, or of a method that is not allowed there
     */
    Caller authenticate(ClientForm form, ClientEndpoint endpoint, RequestEvents events) {
        Caller caller = clientAuthentication.authenticate(form.presented(), events.receivedAt());
        allowed.require(endpoint, caller.method());
        return caller;
    }

    /**
     * Who sent it to the token endpoint.
     *
     * @throws OAuthException {@code invalid_client} if the credentials are wrong, or of a method that is not allowed for the grant
     */
    Caller authenticate(ClientForm form, Grant grant, RequestEvents events) {
        Caller caller = clientAuthentication.authenticate(form.presented(), events.receivedAt());
        allowed.require(grant.type(), caller.method());
        return caller;
    }

    /** URIs end up in logs; whoever sends credentials there is to notice (RFC 6749 §2.3.1). */
    private static void requireNoCredentialsInQuery(ProtocolRequest request) {
        Set<String> names = request.queryParameters().names();
        if (CREDENTIALS.stream().anyMatch(names::contains)) {
            throw OAuthException.invalidRequest(
                    "Credentials must not be in the request URI",
                    RefusalReason.CREDENTIALS_IN_QUERY,
                    "the query of the request URI holds credentials");
        }
    }
}

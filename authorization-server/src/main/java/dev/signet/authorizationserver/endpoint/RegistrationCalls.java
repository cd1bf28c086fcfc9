package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.registration.ClientRegistration;
import dev.signet.authorizationserver.registration.ClientRegistration.Told;
import dev.signet.authorizationserver.registration.InvalidMetadata;
import dev.signet.authorizationserver.registry.ApplicationType;
import dev.signet.authorizationserver.registry.ClientMetadata;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.BearerCredentials;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonLimits;
import dev.signet.jwt.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What registration and its management have in common over HTTP: the token, the body, and the answer (RFC 7591 §3, RFC 7592 §3). */
final class RegistrationCalls {

    private RegistrationCalls() {}

    /**
     * The token in the {@code Authorization} header; empty if there is none.
     *
     * @throws OAuthException {@code invalid_token} if there are several, or it is none
     */
    static Optional<String> token(ProtocolRequest request) {
        BearerCredentials credentials = BearerCredentials.read(request.headers("authorization"));
        if (credentials instanceof BearerCredentials.Absent) {
            return Optional.empty();
        }
        if (credentials instanceof BearerCredentials.Token token && token.isWellFormed()) {
            return Optional.of(token.value());
        }
        throw ClientRegistration.refused("the Authorization header holds several tokens, or none");
    }

    /**
     * The metadata in the body.
     *
     * @throws OAuthException {@code invalid_client_metadata} if it can't be read
     */
    static JsonObject body(ProtocolRequest request) {
        if (request.bodyTooLarge()) {
            throw OAuthException.of(
                    ErrorCode.INVALID_CLIENT_METADATA,
                    "The body is too large",
                    RefusalReason.BODY_TOO_LARGE,
                    "the body has more than " + ProtocolRequest.MAXIMUM_BODY + " octets");
        }
        if (!request.hasContentType("application/json")) {
            throw OAuthException.of(
                    ErrorCode.INVALID_CLIENT_METADATA,
                    "The body must be application/json in UTF-8",
                    RefusalReason.CONTENT_TYPE,
                    "another content type, or none");
        }
        try {
            return JsonObject.parse(request.body(), JsonLimits.DOCUMENT);
        } catch (JsonException malformed) {
            throw InvalidMetadata.of("the body is no JSON object that can be read");
        }
    }

    /** The client information response (RFC 7591 §3.2.1, RFC 7592 §3). */
    static ProtocolResponse answer(int status, Told told, String configurationUri) {
        RegisteredClient client = told.client();
        JsonObject.Builder json = client.toMetadata().toBuilder();
        client.toMetadata().names().stream().filter(name -> !isTold(name)).forEach(json::remove);
        if (client.grantTypes().contains(GrantType.AUTHORIZATION_CODE)) {
            json.put("response_types", List.of("code"));
        }
        if (client.authorization().applicationType() == ApplicationType.WEB) {
            json.put("application_type", ApplicationType.WEB.wireName());
        }
        told.secret().ifPresent(secret -> json.put("client_secret", secret).put("client_secret_expires_at", 0));
        client.selfRegistration()
                .flatMap(registration -> registration.softwareStatement())
                .ifPresent(statement -> json.put("software_statement", statement.text()));
        json.put("registration_access_token", told.accessToken()).put("registration_client_uri", configurationUri);
        return ProtocolResponse.builder(status).json(json.build()).noStore().build();
    }

    /** What whoever runs the server knows and decides is not for the client. */
    private static boolean isTold(String member) {
        return ClientMetadata.REGISTRABLE.contains(member)
                || member.equals("client_id")
                || member.equals("client_id_issued_at");
    }
}

package dev.signet.authorizationserver.endpoint;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.metadata.MetadataPaths;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the endpoints of an issuer are: below its path, the metadata where the specifications put it (RFC 8414 §3).
 *
 * @param issuer whose endpoints
 */
public record EndpointPaths(Issuer issuer) {

    /** The path of the authorization endpoint. */
    public String authorization() {
        return issuer.path() + "/authorize";
    }

    /** The path of the pushed authorization request endpoint. */
    public String pushedAuthorizationRequest() {
        return issuer.path() + "/par";
    }

    /** The path of the token endpoint. */
    public String token() {
        return issuer.path() + "/token";
    }

    /** The path of the introspection endpoint. */
    public String introspection() {
        return issuer.path() + "/introspect";
    }

    /** The path of the revocation endpoint. */
    public String revocation() {
        return issuer.path() + "/revoke";
    }

    /** The path of the registration endpoint. */
    public String registration() {
        return issuer.path() + "/register";
    }

    /** What the path of a client configuration endpoint begins with; the identifier of the client follows. */
    public String clientConfiguration() {
        return registration() + "/";
    }

    /** The identifier of the client in the path of its configuration endpoint. */
    String clientIn(String path) {
        return path.substring(clientConfiguration().length());
    }

    /** The URL of the configuration endpoint of a client whose identifier the server made, so that it needs no escaping. */
    String clientConfigurationUri(ClientId clientId) {
        return issuer.at(clientConfiguration() + clientId.value()).toString();
    }

    /** The path of the JWK Set. */
    public String jwks() {
        return issuer.path() + "/jwks";
    }

    /** The paths of the metadata. */
    public List<String> metadata() {
        return Stream.of(
                        MetadataPaths.oauthPath(issuer),
                        MetadataPaths.openIdPath(issuer),
                        MetadataPaths.openIdInsertedPath(issuer))
                .distinct()
                .toList();
    }

    /** The URL of the authorization endpoint. */
    public URI authorizationUri() {
        return issuer.at(authorization());
    }

    /** The URL of the pushed authorization request endpoint. */
    public URI pushedAuthorizationRequestUri() {
        return issuer.at(pushedAuthorizationRequest());
    }

    /** The URL of the token endpoint. */
    public URI tokenUri() {
        return issuer.at(token());
    }

    /** The URL of the introspection endpoint. */
    public URI introspectionUri() {
        return issuer.at(introspection());
    }

    /** The URL of the revocation endpoint. */
    public URI revocationUri() {
        return issuer.at(revocation());
    }

    /** The URL of the registration endpoint. */
    public URI registrationUri() {
        return issuer.at(registration());
    }

    /** The URL of the JWK Set. */
    public URI jwksUri() {
        return issuer.at(jwks());
    }
}

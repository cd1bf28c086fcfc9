package dev.signet.authorizationserver.endpoint;

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

    /** The path of the token endpoint. */
    public String token() {
        return base() + "/token";
    }

    /** The path of the JWK Set. */
    public String jwks() {
        return base() + "/jwks";
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

    /** The URL of the token endpoint. */
    public URI tokenUri() {
        return uri(token());
    }

    /** The URL of the JWK Set. */
    public URI jwksUri() {
        return uri(jwks());
    }

    private String base() {
        String path = issuer.uri().getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private URI uri(String path) {
        return URI.create(issuer.uri().getScheme() + "://" + issuer.uri().getRawAuthority() + path);
    }
}

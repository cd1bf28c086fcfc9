package dev.signet.core.metadata;

import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import java.net.URI;

/** Where metadata is (RFC 8414 §3, OpenID Connect Discovery 1.0 §4, RFC 9728 §3.1). */
public final class MetadataPaths {

    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";

    private static final String RESOURCE = "/.well-known/oauth-protected-resource";

    private MetadataPaths() {}

    /** The well-known path inserted between host and path of the issuer. */
    public static String oauthPath(Issuer issuer) {
        return OAUTH + issuer.path();
    }

    /** OpenID's well-known path appended to the issuer. */
    public static String openIdPath(Issuer issuer) {
        return issuer.path() + OPENID;
    }

    /** OpenID's well-known path inserted; the same as {@link #openIdPath} for an issuer without path. */
    public static String openIdInsertedPath(Issuer issuer) {
        return OPENID + issuer.path();
    }

    /** The address of the document at {@link #oauthPath}. */
    public static URI oauthUri(Issuer issuer) {
        return issuer.at(oauthPath(issuer));
    }

    /** The address of the document at {@link #openIdPath}. */
    public static URI openIdUri(Issuer issuer) {
        return issuer.at(openIdPath(issuer));
    }

    /**
     * The address of a protected resource's metadata (RFC 9728 §3.1): the well-known path inserted between the host of its
     * identifier and path and query. A slash that ends the host is left out.
     */
    public static URI protectedResourceUri(ResourceIndicator resource) {
        URI uri = URI.create(resource.value());
        String path = uri.getRawPath().equals("/") ? "" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + RESOURCE + path + query);
    }
}

package dev.signet.authorizationserver.registry;

import dev.signet.jwt.key.JwsAlgorithm;
import java.net.URI;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How a client sends its authorization requests: in request objects, by reference, pushed (RFC 9101 §10.5, RFC 9126 §6, OpenID Connect
 * Registration 1.0 §2). Request objects are checked with the client's keys. Immutable.
 *
 * <pre>{@code
 * RequestObjectSettings signedAndPushed = RequestObjectSettings.builder()
 *         .requireSigned(true)
 *         .signingAlgorithm(JwsAlgorithm.ES256)
 *         .requirePushed(true)
 *         .build();
 * }</pre>
 *
 * <p>What its parts demand of each other and of the client is reported by {@link RegisteredClient.Builder#build()}.
 *
 * @param isSignedRequired {@code require_signed_request_object}: whether requests that are not signed are refused
 * @param signingAlgorithm {@code request_object_signing_alg}: the only one; empty for any that the server accepts
 * @param encryption {@code request_object_encryption_alg} and {@code _enc}: the only ones of request objects that are encrypted; empty
 *     for any that the server has
 * @param requestUris {@code request_uris}: where request objects may be fetched from; none, and none is fetched
 * @param isPushedRequired {@code require_pushed_authorization_requests}: whether requests that were not pushed are refused
 * @param isTypeRequired {@code require_request_object_typ}: whether request objects must carry the explicit type
 * @param isJwtIdRequired {@code require_request_object_jti}: whether request objects must have a {@code jti}, so that each is
 *     answered once
 * @param areClaimsOptional {@code request_object_claims_optional}: whether {@code iss}, {@code aud} and {@code exp} may be missing. A
 *     leniency; its use is reported
 * @param isMerged {@code oidc_request_merge}: whether parameters outside the request object fill the gaps inside (OpenID Connect Core
 *     1.0 §6.1). A leniency: whoever is on the way can add to the request; its use is reported
 * @param allowsApplicationJwt {@code allow_request_object_as_application_jwt}: whether hosted request objects may be of the older media
 *     type. A leniency; its use is reported
 * @param allowsUnregisteredRedirectUris {@code par_unregistered_redirect_uris}: whether pushed requests may name any https redirect URI
 *     (RFC 9126 §2.4). A leniency; its use is reported
 */
public record RequestObjectSettings(
        boolean isSignedRequired,
        Optional<JwsAlgorithm> signingAlgorithm,
        Optional<AgreedEncryption> encryption,
        Set<URI> requestUris,
        boolean isPushedRequired,
        boolean isTypeRequired,
        boolean isJwtIdRequired,
        boolean areClaimsOptional,
        boolean isMerged,
        boolean allowsApplicationJwt,
        boolean allowsUnregisteredRedirectUris) {

    /** The most URIs that request objects may be fetched from. */
    public static final int MOST_REQUEST_URIS = 64;

    /** The longest of them (RFC 9101 §5.2). */
    public static final int LONGEST_REQUEST_URI = 512;

    private static final RequestObjectSettings NONE = builder().build();

    /** Keeps a copy in the order that was given. */
    public RequestObjectSettings {
        requestUris = Collections.unmodifiableSet(new LinkedHashSet<>(requestUris));
    }

    /** Those of a client that may sign and push, and need not. */
    public static RequestObjectSettings none() {
        return NONE;
    }

    /** Starts settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether that is one of the URIs, character by character but for the fragment (OpenID Connect Core 1.0 §6.2). */
    public boolean permits(String requestUri) {
        String asked = withoutFragment(requestUri);
        return requestUris.stream()
                .anyMatch(uri -> withoutFragment(uri.toString()).equals(asked));
    }

    private static String withoutFragment(String uri) {
        int mark = uri.indexOf('#');
        return mark < 0 ? uri : uri.substring(0, mark);
    }

    /** Collects settings. */
    public static final class Builder {

        private boolean signedRequired;
        private Optional<JwsAlgorithm> signingAlgorithm = Optional.empty();
        private Optional<AgreedEncryption> encryption = Optional.empty();
        private Set<URI> requestUris = Set.of();
        private boolean pushedRequired;
        private boolean typeRequired;
        private boolean jwtIdRequired;
        private boolean claimsOptional;
        private boolean merged;
        private boolean allowApplicationJwt;
        private boolean allowUnregisteredRedirectUris;

        private Builder() {}

        /** Refuses requests that are not signed. */
        public Builder requireSigned(boolean required) {
            this.signedRequired = required;
            return this;
        }

        /** The only algorithm of its request objects. */
        public Builder signingAlgorithm(JwsAlgorithm algorithm) {
            this.signingAlgorithm = Optional.of(algorithm);
            return this;
        }

        /** The only algorithms of those of its request objects that are encrypted. */
        public Builder encryption(AgreedEncryption only) {
            this.encryption = Optional.of(only);
            return this;
        }

        /** Where its request objects may be fetched from; nowhere unless given. */
        public Builder requestUris(Collection<URI> all) {
            this.requestUris = new LinkedHashSet<>(all);
            return this;
        }

        /** Refuses requests that were not pushed. */
        public Builder requirePushed(boolean required) {
            this.pushedRequired = required;
            return this;
        }

        /** Demands the explicit type of its request objects. */
        public Builder requireType(boolean required) {
            this.typeRequired = required;
            return this;
        }

        /** Demands a {@code jti} of its request objects. */
        public Builder requireJwtId(boolean required) {
            this.jwtIdRequired = required;
            return this;
        }

        /** Does without some claims; see {@link RequestObjectSettings#areClaimsOptional()}. */
        public Builder claimsOptional(boolean optional) {
            this.claimsOptional = optional;
            return this;
        }

        /** Takes parameters from outside as well; see {@link RequestObjectSettings#isMerged()}. */
        public Builder merge(boolean merging) {
            this.merged = merging;
            return this;
        }

        /** Takes the older media type as well; see {@link RequestObjectSettings#allowsApplicationJwt()}. */
        public Builder allowApplicationJwt(boolean allowed) {
            this.allowApplicationJwt = allowed;
            return this;
        }

        /** Takes any https redirect URI of a pushed request; see {@link RequestObjectSettings#allowsUnregisteredRedirectUris()}. */
        public Builder allowUnregisteredRedirectUris(boolean allowed) {
            this.allowUnregisteredRedirectUris = allowed;
            return this;
        }

        /** The settings. */
        public RequestObjectSettings build() {
            return new RequestObjectSettings(
                    signedRequired,
                    signingAlgorithm,
                    encryption,
                    requestUris,
                    pushedRequired,
                    typeRequired,
                    jwtIdRequired,
                    claimsOptional,
                    merged,
                    allowApplicationJwt,
                    allowUnregisteredRedirectUris);
        }
    }
}

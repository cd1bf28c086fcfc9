package dev.signet.core.metadata;

import dev.signet.core.Issuer;
import dev.signet.core.internal.ProtocolUri;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an authorization server publishes about itself (RFC 8414 §2, OpenID Connect Discovery 1.0 §3). Immutable.
 *
 * <p>One document serves both specifications. A list whose absence would mean a default is required where the default
 * could apply, so that what the document leaves unsaid is true as well. Lists without elements are not written. Read
 * from a document that leaves a list out, the value has the default.
 */
public final class AuthorizationServerMetadata {

    static final String AUTHORIZATION_ENDPOINT = "authorization_endpoint";
    static final String TOKEN_ENDPOINT = "token_endpoint";
    private static final String JWKS_URI = "jwks_uri";
    private static final String SCOPES = "scopes_supported";
    static final String RESPONSE_TYPES = "response_types_supported";
    static final String RESPONSE_MODES = "response_modes_supported";
    static final String GRANT_TYPES = "grant_types_supported";
    static final String AUTH_METHODS = "token_endpoint_auth_methods_supported";
    static final String AUTH_ALGORITHMS = "token_endpoint_auth_signing_alg_values_supported";
    static final String REVOCATION_ENDPOINT = "revocation_endpoint";
    static final String REVOCATION_METHODS = "revocation_endpoint_auth_methods_supported";
    static final String REVOCATION_ALGORITHMS = "revocation_endpoint_auth_signing_alg_values_supported";
    static final String INTROSPECTION_ENDPOINT = "introspection_endpoint";
    static final String INTROSPECTION_METHODS = "introspection_endpoint_auth_methods_supported";
    static final String INTROSPECTION_ALGORITHMS = "introspection_endpoint_auth_signing_alg_values_supported";
    static final String PUSHED_REQUEST_ENDPOINT = "pushed_authorization_request_endpoint";
    private static final String PUSHING_REQUIRED = "require_pushed_authorization_requests";
    private static final String REGISTRATION_ENDPOINT = "registration_endpoint";
    private static final String PROTECTED_RESOURCES = "protected_resources";
    static final String INTROSPECTION_SIGNING = "introspection_signing_alg_values_supported";
    static final String INTROSPECTION_KEY_MANAGEMENT = "introspection_encryption_alg_values_supported";
    static final String INTROSPECTION_ENCRYPTION = "introspection_encryption_enc_values_supported";
    static final String CODE_CHALLENGE_METHODS = "code_challenge_methods_supported";
    private static final String RESPONSE_ISS = "authorization_response_iss_parameter_supported";

    private final Issuer issuer;
    private final JsonObject json;
    private final Map<String, URI> uris = new LinkedHashMap<>();
    private final Map<String, List<String>> lists = new LinkedHashMap<>();
    private final boolean responsesNameIssuer;
    private final boolean pushingRequired;
    private final RequestObjectSupport requestObjects;

    private AuthorizationServerMetadata(Issuer issuer, JsonObject json) {
        this.issuer = issuer;
        this.json = json;
        for (String name : List.of(
                AUTHORIZATION_ENDPOINT,
                TOKEN_ENDPOINT,
                JWKS_URI,
                REVOCATION_ENDPOINT,
                INTROSPECTION_ENDPOINT,
                PUSHED_REQUEST_ENDPOINT,
                REGISTRATION_ENDPOINT)) {
            // What a server does not have, some name with an empty address: SPIRE its authorization endpoint.
            json.findString(name)
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> uris.put(name, ProtocolUri.parse(name, value)));
        }
        read(SCOPES, List.of());
        read(RESPONSE_TYPES, List.of());
        read(RESPONSE_MODES, List.of("query", "fragment"));
        read(GRANT_TYPES, List.of("authorization_code", "implicit"));
        read(AUTH_METHODS, List.of("client_secret_basic"));
        read(AUTH_ALGORITHMS, List.of());
        read(REVOCATION_METHODS, List.of("client_secret_basic"));
        read(REVOCATION_ALGORITHMS, List.of());
        read(INTROSPECTION_METHODS, List.of());
        read(INTROSPECTION_ALGORITHMS, List.of());
        read(INTROSPECTION_SIGNING, List.of());
        read(INTROSPECTION_KEY_MANAGEMENT, List.of());
        read(INTROSPECTION_ENCRYPTION, List.of());
        read(CODE_CHALLENGE_METHODS, List.of());
        read(PROTECTED_RESOURCES, List.of());
        responsesNameIssuer = json.findBoolean(RESPONSE_ISS).orElse(false);
        pushingRequired = json.findBoolean(PUSHING_REQUIRED).orElse(false);
        requestObjects = RequestObjectSupport.read(json);
    }

    private void read(String name, List<String> byDefault) {
        lists.put(name, json.findStrings(name).orElse(byDefault));
    }

    /** Starts the metadata of an issuer. */
    public static Builder builder(Issuer issuer) {
        return new Builder(issuer);
    }

    /**
     * Reads a document; members that are not known are ignored (RFC 8414 §3.2).
     *
     * @param expected the issuer that the address of the document was made from; the document must name the same, code
     *     point by code point (RFC 8414 §3.3, §4)
     * @throws MetadataException if it names another or none, or a known member has no valid form
     */
    public static AuthorizationServerMetadata parse(JsonObject json, Issuer expected) {
        try {
            if (!json.findString("issuer").equals(Optional.of(expected.value()))) {
                throw new MetadataException("the metadata is not that of issuer " + expected);
            }
            return new AuthorizationServerMetadata(expected, json);
        } catch (JsonException | IllegalArgumentException e) {
            throw new MetadataException("the metadata of issuer " + expected + ": " + e.getMessage());
        }
    }

    /** The authorization server. */
    public Issuer issuer() {
        return issuer;
    }

    /** {@code authorization_endpoint}. */
    public Optional<URI> authorizationEndpoint() {
        return Optional.ofNullable(uris.get(AUTHORIZATION_ENDPOINT));
    }

    /** {@code token_endpoint}. */
    public Optional<URI> tokenEndpoint() {
        return Optional.ofNullable(uris.get(TOKEN_ENDPOINT));
    }

    /** {@code jwks_uri}. */
    public Optional<URI> jwksUri() {
        return Optional.ofNullable(uris.get(JWKS_URI));
    }

    /** {@code registration_endpoint}: where clients register themselves (RFC 7591). */
    public Optional<URI> registrationEndpoint() {
        return Optional.ofNullable(uris.get(REGISTRATION_ENDPOINT));
    }

    /** {@code scopes_supported}; a server may leave out scopes that it has. */
    public List<String> scopesSupported() {
        return list(SCOPES);
    }

    /** {@code response_types_supported}. */
    public List<String> responseTypesSupported() {
        return list(RESPONSE_TYPES);
    }

    /** {@code response_modes_supported}. */
    public List<String> responseModesSupported() {
        return list(RESPONSE_MODES);
    }

    /** {@code grant_types_supported}. */
    public List<String> grantTypesSupported() {
        return list(GRANT_TYPES);
    }

    /** {@code token_endpoint_auth_methods_supported}. */
    public List<String> tokenEndpointAuthMethodsSupported() {
        return list(AUTH_METHODS);
    }

    /** {@code token_endpoint_auth_signing_alg_values_supported}. */
    public List<String> tokenEndpointAuthSigningAlgValuesSupported() {
        return list(AUTH_ALGORITHMS);
    }

    /** {@code revocation_endpoint}. */
    public Optional<URI> revocationEndpoint() {
        return Optional.ofNullable(uris.get(REVOCATION_ENDPOINT));
    }

    /** {@code revocation_endpoint_auth_methods_supported}. */
    public List<String> revocationEndpointAuthMethodsSupported() {
        return list(REVOCATION_METHODS);
    }

    /** {@code revocation_endpoint_auth_signing_alg_values_supported}. */
    public List<String> revocationEndpointAuthSigningAlgValuesSupported() {
        return list(REVOCATION_ALGORITHMS);
    }

    /** {@code pushed_authorization_request_endpoint} (RFC 9126 §5). */
    public Optional<URI> pushedAuthorizationRequestEndpoint() {
        return Optional.ofNullable(uris.get(PUSHED_REQUEST_ENDPOINT));
    }

    /** {@code require_pushed_authorization_requests} (RFC 9126 §5): whether only what was pushed is taken. */
    public boolean requirePushedAuthorizationRequests() {
        return pushingRequired;
    }

    /** The members about request objects (RFC 9101). */
    public RequestObjectSupport requestObjects() {
        return requestObjects;
    }

    /** {@code introspection_endpoint}. */
    public Optional<URI> introspectionEndpoint() {
        return Optional.ofNullable(uris.get(INTROSPECTION_ENDPOINT));
    }

    /** {@code introspection_endpoint_auth_methods_supported}; a server that leaves it out may have any. */
    public List<String> introspectionEndpointAuthMethodsSupported() {
        return list(INTROSPECTION_METHODS);
    }

    /** {@code introspection_endpoint_auth_signing_alg_values_supported}. */
    public List<String> introspectionEndpointAuthSigningAlgValuesSupported() {
        return list(INTROSPECTION_ALGORITHMS);
    }

    /** {@code protected_resources}: those that tokens can be had for (RFC 9728 §4); empty if the server does not say. */
    public List<String> protectedResources() {
        return list(PROTECTED_RESOURCES);
    }

    /** {@code introspection_signing_alg_values_supported} (RFC 9701 §7). */
    public List<String> introspectionSigningAlgValuesSupported() {
        return list(INTROSPECTION_SIGNING);
    }

    /** {@code introspection_encryption_alg_values_supported} (RFC 9701 §7). */
    public List<String> introspectionEncryptionAlgValuesSupported() {
        return list(INTROSPECTION_KEY_MANAGEMENT);
    }

    /** {@code introspection_encryption_enc_values_supported} (RFC 9701 §7). */
    public List<String> introspectionEncryptionEncValuesSupported() {
        return list(INTROSPECTION_ENCRYPTION);
    }

    /** {@code code_challenge_methods_supported}. */
    public List<String> codeChallengeMethodsSupported() {
        return list(CODE_CHALLENGE_METHODS);
    }

    /** {@code authorization_response_iss_parameter_supported} (RFC 9207 §3): whether each authorization response has {@code iss}. */
    public boolean authorizationResponseIssParameterSupported() {
        return responsesNameIssuer;
    }

    /** The document: as it was read, or as it is to be published. */
    public JsonObject toJson() {
        return json;
    }

    @Override
    public String toString() {
        return "AuthorizationServerMetadata of " + issuer;
    }

    private List<String> list(String name) {
        return lists.getOrDefault(name, List.of());
    }

    /** Collects what is published; only what is enabled belongs in it. */
    public static final class Builder {

        private final Issuer issuer;
        private final Map<String, URI> uris = new LinkedHashMap<>();
        private final Map<String, List<String>> lists = new LinkedHashMap<>();
        private boolean pushingRequired;
        private RequestObjectSupport requestObjects = RequestObjectSupport.none();

        private Builder(Issuer issuer) {
            this.issuer = issuer;
        }

        /**
         * {@code authorization_endpoint}; then the response types and modes and the code challenge methods are due. It is one whose
         * responses all have {@code iss} (RFC 9207 §2).
         */
        public Builder authorizationEndpoint(URI uri) {
            uris.put(AUTHORIZATION_ENDPOINT, uri);
            return this;
        }

        /** {@code token_endpoint}; then the grant types and the methods of client authentication are due. */
        public Builder tokenEndpoint(URI uri) {
            uris.put(TOKEN_ENDPOINT, uri);
            return this;
        }

        /** {@code jwks_uri}. */
        public Builder jwksUri(URI uri) {
            uris.put(JWKS_URI, uri);
            return this;
        }

        /** {@code registration_endpoint}. */
        public Builder registrationEndpoint(URI uri) {
            uris.put(REGISTRATION_ENDPOINT, uri);
            return this;
        }

        /** {@code scopes_supported}. */
        public Builder scopesSupported(List<String> scopes) {
            return list(SCOPES, scopes);
        }

        /** {@code response_types_supported}. */
        public Builder responseTypesSupported(List<String> types) {
            return list(RESPONSE_TYPES, types);
        }

        /** {@code response_modes_supported}. */
        public Builder responseModesSupported(List<String> modes) {
            return list(RESPONSE_MODES, modes);
        }

        /** {@code grant_types_supported}. */
        public Builder grantTypesSupported(List<String> types) {
            return list(GRANT_TYPES, types);
        }

        /** {@code token_endpoint_auth_methods_supported}. */
        public Builder tokenEndpointAuthMethodsSupported(List<String> methods) {
            return list(AUTH_METHODS, methods);
        }

        /** {@code token_endpoint_auth_signing_alg_values_supported}; due if a method is one of those with an assertion. */
        public Builder tokenEndpointAuthSigningAlgValuesSupported(List<String> algorithms) {
            return list(AUTH_ALGORITHMS, algorithms);
        }

        /**
         * {@code revocation_endpoint} with the members that speak about it.
         *
         * @param methods {@code revocation_endpoint_auth_methods_supported}; not empty
         * @param algorithms {@code revocation_endpoint_auth_signing_alg_values_supported}; due if a method is one of those with an
         *     assertion
         */
        public Builder revocationEndpoint(URI uri, List<String> methods, List<String> algorithms) {
            uris.put(REVOCATION_ENDPOINT, uri);
            return list(REVOCATION_METHODS, methods).list(REVOCATION_ALGORITHMS, algorithms);
        }

        /**
         * {@code introspection_endpoint} with the members that speak about it.
         *
         * @param methods {@code introspection_endpoint_auth_methods_supported}; not empty
         * @param algorithms {@code introspection_endpoint_auth_signing_alg_values_supported}; due if a method is one of those with
         *     an assertion
         */
        public Builder introspectionEndpoint(URI uri, List<String> methods, List<String> algorithms) {
            uris.put(INTROSPECTION_ENDPOINT, uri);
            return list(INTROSPECTION_METHODS, methods).list(INTROSPECTION_ALGORITHMS, algorithms);
        }

        /**
         * {@code pushed_authorization_request_endpoint} with the member that speaks about it (RFC 9126 §5); clients authenticate
         * there as at the token endpoint.
         *
         * @param required {@code require_pushed_authorization_requests}
         */
        public Builder pushedAuthorizationRequestEndpoint(URI uri, boolean required) {
            uris.put(PUSHED_REQUEST_ENDPOINT, uri);
            pushingRequired = required;
            return this;
        }

        /** The members about request objects (RFC 9101); unless given, none are taken. */
        public Builder requestObjects(RequestObjectSupport support) {
            requestObjects = support;
            return this;
        }

        /** {@code protected_resources}: those that can have metadata (RFC 9728 §4). */
        public Builder protectedResources(List<String> resources) {
            return list(PROTECTED_RESOURCES, resources);
        }

        /**
         * The forms in which the introspection endpoint answers, beside plain JSON (RFC 9701 §7).
         *
         * @param signing {@code introspection_signing_alg_values_supported}
         * @param keyManagement {@code introspection_encryption_alg_values_supported}; due if there is one of the other kind
         * @param encryption {@code introspection_encryption_enc_values_supported}
         */
        public Builder introspectionForms(List<String> signing, List<String> keyManagement, List<String> encryption) {
            return list(INTROSPECTION_SIGNING, signing)
                    .list(INTROSPECTION_KEY_MANAGEMENT, keyManagement)
                    .list(INTROSPECTION_ENCRYPTION, encryption);
        }

        /** {@code code_challenge_methods_supported}. */
        public Builder codeChallengeMethodsSupported(List<String> methods) {
            return list(CODE_CHALLENGE_METHODS, methods);
        }

        /**
         * The metadata.
         *
         * @throws IllegalArgumentException naming every member that is missing, contradicts another, or is no https URI
         */
        public AuthorizationServerMetadata build() {
            List<String> faults = MetadataRules.faults(uris, lists, requestObjects);
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("authorization server metadata: " + String.join("; ", faults));
            }
            JsonObject.Builder json = JsonObject.builder().put("issuer", issuer.value());
            uris.forEach((name, uri) -> json.put(name, uri.toString()));
            lists.forEach((name, values) -> {
                if (!values.isEmpty()) {
                    json.put(name, values);
                }
            });
            if (uris.containsKey(AUTHORIZATION_ENDPOINT)) {
                json.put(RESPONSE_ISS, true);
            }
            if (uris.containsKey(PUSHED_REQUEST_ENDPOINT)) {
                json.put(PUSHING_REQUIRED, pushingRequired);
            }
            requestObjects.write(json);
            json.put("claims_parameter_supported", false);
            return new AuthorizationServerMetadata(issuer, json.build());
        }

        private Builder list(String name, List<String> values) {
            lists.put(name, List.copyOf(values));
            return this;
        }
    }
}

package dev.signet.core.metadata;

import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.internal.ProtocolUri;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a protected resource publishes about itself (RFC 9728 §2), so that a client finds out where to get a token for it.
 * Members without a value are not written. Immutable.
 *
 * <pre>{@code
 * ProtectedResourceMetadata metadata = validator.metadata().orElseThrow().toBuilder()
 *         .resourceName("Orders")
 *         .resourceName("de", "Bestellungen")
 *         .build();
 * }</pre>
 */
public final class ProtectedResourceMetadata {

    private static final String AUTHORIZATION_SERVERS = "authorization_servers";
    private static final String JWKS_URI = "jwks_uri";
    private static final String SCOPES = "scopes_supported";
    private static final String BEARER_METHODS = "bearer_methods_supported";
    private static final String SIGNING_ALGORITHMS = "resource_signing_alg_values_supported";
    private static final String NAME = "resource_name";
    private static final String DOCUMENTATION = "resource_documentation";

    private final ResourceIndicator resource;
    private final Map<String, List<String>> lists;
    private final Map<String, String> texts;

    private ProtectedResourceMetadata(Builder builder) {
        resource = builder.resource;
        lists = new LinkedHashMap<>(builder.lists);
        texts = new LinkedHashMap<>(builder.texts);
    }

    /**
     * Reads a document; members that are not known are ignored (RFC 9728 §3.2), {@code signed_metadata} among them.
     *
     * @param expected the resource that the document must be of, code point by code point (RFC 9728 §3.3, §6)
     * @throws MetadataException if it is of another or none, or a known member has no valid form
     */
    public static ProtectedResourceMetadata parse(JsonObject json, ResourceIndicator expected) {
        try {
            if (!json.findString("resource").equals(Optional.of(expected.value()))) {
                throw new MetadataException("the metadata is not that of resource " + expected);
            }
            Builder builder = new Builder(expected);
            for (String name : List.of(AUTHORIZATION_SERVERS, SCOPES, BEARER_METHODS, SIGNING_ALGORITHMS)) {
                json.findStrings(name).ifPresent(values -> builder.list(name, values));
            }
            for (String name : json.names()) {
                if (List.of(JWKS_URI, NAME, DOCUMENTATION).contains(name) || isNameInLanguage(name)) {
                    builder.text(name, json.requireString(name));
                }
            }
            ProtectedResourceMetadata metadata = builder.build();
            // Each of them must be an issuer identifier, which the builder is given ready made.
            metadata.authorizationServers();
            return metadata;
        } catch (JsonException | IllegalArgumentException e) {
            throw new MetadataException("the metadata of resource " + expected + ": " + e.getMessage());
        }
    }

    /** Refuses a wrong language tag before its text gets into a message. */
    private static boolean isNameInLanguage(String name) {
        if (name.startsWith(NAME + "#") && !Builder.isLanguage(name.substring(NAME.length() + 1))) {
            throw new IllegalArgumentException(NAME + " has no valid language tag");
        }
        return name.startsWith(NAME + "#");
    }

    /** Starts the metadata of a resource. */
    public static Builder builder(ResourceIndicator resource) {
        return new Builder(resource);
    }

    /** Whether metadata can be published under an identifier: an https URL without fragment (RFC 9728 §1.2). */
    public static boolean canDescribe(String resource) {
        try {
            ProtocolUri.parse("resource", resource);
            return true;
        } catch (IllegalArgumentException unfit) {
            return false;
        }
    }

    /** The protected resource. */
    public ResourceIndicator resource() {
        return resource;
    }

    /** {@code authorization_servers}: whose access tokens it takes. */
    public List<Issuer> authorizationServers() {
        return list(AUTHORIZATION_SERVERS).stream().map(Issuer::of).toList();
    }

    /** {@code scopes_supported}; there may be others. */
    public List<String> scopesSupported() {
        return list(SCOPES);
    }

    /** {@code bearer_methods_supported}: how a bearer token may be presented. */
    public List<String> bearerMethodsSupported() {
        return list(BEARER_METHODS);
    }

    /** Where the document is published (RFC 9728 §3.1), and what {@code resource_metadata} of a challenge says. */
    public URI location() {
        return MetadataPaths.protectedResourceUri(resource);
    }

    /** The document. */
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder().put("resource", resource.value());
        lists.forEach((name, values) -> {
            if (!values.isEmpty()) {
                json.put(name, values);
            }
        });
        texts.forEach((name, value) -> json.put(name, value));
        return json.build();
    }

    /** The response to a GET at {@link #location} (RFC 9728 §3.2). */
    public ProtocolResponse toResponse() {
        return ProtocolResponse.json(200, toJson());
    }

    /** A builder that starts with this metadata. */
    public Builder toBuilder() {
        Builder builder = new Builder(resource);
        builder.lists.putAll(lists);
        builder.texts.putAll(texts);
        return builder;
    }

    @Override
    public String toString() {
        return "ProtectedResourceMetadata of " + resource;
    }

    private List<String> list(String name) {
        return lists.getOrDefault(name, List.of());
    }

    /** Collects what is published; only what is true of the resource belongs in it. */
    public static final class Builder {

        private final ResourceIndicator resource;
        private final Map<String, List<String>> lists = new LinkedHashMap<>();
        private final Map<String, String> texts = new LinkedHashMap<>();

        private Builder(ResourceIndicator resource) {
            this.resource = resource;
        }

        /** {@code authorization_servers}. */
        public Builder authorizationServers(List<Issuer> issuers) {
            return list(
                    AUTHORIZATION_SERVERS, issuers.stream().map(Issuer::value).toList());
        }

        /** {@code jwks_uri}: keys of the resource itself, to encrypt to it or to check what it signed. */
        public Builder jwksUri(URI uri) {
            return text(JWKS_URI, uri.toString());
        }

        /** {@code scopes_supported}. */
        public Builder scopesSupported(List<String> scopes) {
            return list(SCOPES, scopes);
        }

        /** {@code bearer_methods_supported}: {@code header}, {@code body} or {@code query}. */
        public Builder bearerMethodsSupported(List<String> methods) {
            return list(BEARER_METHODS, methods);
        }

        /**
         * {@code resource_signing_alg_values_supported}: how the resource signs its <em>responses</em>. It says nothing of
         * the signatures of access tokens.
         */
        public Builder resourceSigningAlgValuesSupported(List<String> algorithms) {
            return list(SIGNING_ALGORITHMS, algorithms);
        }

        /** {@code resource_name}: for people. */
        public Builder resourceName(String name) {
            return text(NAME, name);
        }

        /**
         * {@code resource_name} in one language (RFC 9728 §2.1).
         *
         * @param language a language tag of BCP 47, such as {@code de-CH}
         */
        public Builder resourceName(String language, String name) {
            return text(NAME + "#" + language, name);
        }

        /** {@code resource_documentation}: a page for developers. */
        public Builder resourceDocumentation(URI uri) {
            return text(DOCUMENTATION, uri.toString());
        }

        /**
         * The metadata.
         *
         * @throws IllegalArgumentException naming every member that has no valid form, or says what is not to be said
         */
        public ProtectedResourceMetadata build() {
            List<String> faults = faults();
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("protected resource metadata: " + String.join("; ", faults));
            }
            return new ProtectedResourceMetadata(this);
        }

        private List<String> faults() {
            List<String> faults = new ArrayList<>();
            addUriFault(faults, "resource", resource.value());
            for (String name : List.of(JWKS_URI, DOCUMENTATION)) {
                if (texts.containsKey(name)) {
                    addUriFault(faults, name, texts.getOrDefault(name, ""));
                }
            }
            lists.forEach((name, values) -> {
                if (values.contains("") || new HashSet<>(values).size() < values.size()) {
                    faults.add(name + " has an empty value, or one twice");
                }
            });
            if (!List.of("header", "body", "query").containsAll(lists.getOrDefault(BEARER_METHODS, List.of()))) {
                faults.add(BEARER_METHODS + " must be of header, body and query");
            }
            if (lists.getOrDefault(SIGNING_ALGORITHMS, List.of()).contains("none")) {
                faults.add(SIGNING_ALGORITHMS + " must not hold none");
            }
            texts.forEach((name, value) -> {
                if (value.isBlank()) {
                    faults.add(name + " is empty");
                }
                if (name.startsWith(NAME + "#") && !isLanguage(name.substring(NAME.length() + 1))) {
                    faults.add(name + " has no valid language tag");
                }
            });
            return faults;
        }

        private Builder list(String name, List<String> values) {
            lists.put(name, List.copyOf(values));
            return this;
        }

        private Builder text(String name, String value) {
            texts.put(name, value);
            return this;
        }

        private static void addUriFault(List<String> faults, String name, String value) {
            try {
                ProtocolUri.parse(name, value);
            } catch (IllegalArgumentException unfit) {
                faults.add(unfit.getMessage());
            }
        }

        private static boolean isLanguage(String tag) {
            try {
                return !tag.isEmpty()
                        && !new Locale.Builder()
                                .setLanguageTag(tag)
                                .build()
                                .toLanguageTag()
                                .isEmpty();
            } catch (IllformedLocaleException malformed) {
                return false;
            }
        }
    }
}

package dev.signet.authorizationserver.registry;

import dev.signet.core.authorization.RedirectUri;
import java.net.URI;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a client is registered with for the authorization endpoint (RFC 6749 §3.1.2, RFC 7591 §2). Immutable.
 *
 * <pre>{@code
 * AuthorizationSettings shop = AuthorizationSettings.builder()
 *         .clientName("The shop")
 *         .redirectUris(List.of(new RedirectUri("https://shop.example.com/callback")))
 *         .build();
 * }</pre>
 *
 * <p>What its parts demand of each other and of the client is reported by {@link RegisteredClient.Builder#build()}.
 *
 * @param clientName {@code client_name}: what people are told that the client is called
 * @param links its pages that people are pointed to
 * @param redirectUris {@code redirect_uris}: where answers may be sent
 * @param applicationType {@code application_type}
 * @param isPkceOptional {@code pkce_optional}: whether a request with the scope {@code openid} and a {@code nonce} may go without
 *     {@code code_challenge}. A leniency; its use is reported
 * @param isRedirectUriOptional {@code redirect_uri_may_be_omitted}: whether a request without the scope {@code openid} may leave
 *     {@code redirect_uri} out, since there is one only. A leniency; its use is reported
 * @param allowsErrorsWithoutLogin {@code allow_errors_without_login}: whether faults of its requests are sent back before it is known
 *     who the user is. A leniency: whoever can register such a client can send people from here to wherever it wants; its use is reported
 */
public record AuthorizationSettings(
        Optional<String> clientName,
        Map<ClientLink, URI> links,
        Set<RedirectUri> redirectUris,
        ApplicationType applicationType,
        boolean isPkceOptional,
        boolean isRedirectUriOptional,
        boolean allowsErrorsWithoutLogin) {

    /** The most redirect URIs. */
    public static final int MOST_REDIRECT_URIS = 64;

    /** The longest name of a client. */
    public static final int LONGEST_CLIENT_NAME = 128;

    private static final AuthorizationSettings NONE = builder().build();

    /** Keeps a copy in the order that was given. */
    public AuthorizationSettings {
        links = Collections.unmodifiableMap(new TreeMap<>(links));
        redirectUris = Collections.unmodifiableSet(new LinkedHashSet<>(redirectUris));
    }

    /** Those of a client that has no use for the endpoint. */
    public static AuthorizationSettings none() {
        return NONE;
    }

    /** Starts settings. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Whether an answer may be sent there: compared character by character, but for the port of a loopback URI of a native client,
     * which its system chooses (RFC 8252 §7.3).
     */
    public boolean permits(RedirectUri asked) {
        return redirectUris.contains(asked)
                || (applicationType == ApplicationType.NATIVE
                        && redirectUris.stream().anyMatch(asked::isSameButForLoopbackPort));
    }

    /** Collects settings. */
    public static final class Builder {

        private Optional<String> clientName = Optional.empty();
        private final Map<ClientLink, URI> links = new EnumMap<>(ClientLink.class);
        private Set<RedirectUri> redirectUris = Set.of();
        private ApplicationType applicationType = ApplicationType.WEB;
        private boolean pkceOptional;
        private boolean redirectUriOptional;
        private boolean allowErrorsWithoutLogin;

        private Builder() {}

        /** What people are told that the client is called; its identifier unless given. */
        public Builder clientName(String name) {
            this.clientName = Optional.of(name);
            return this;
        }

        /** Points people to a page of the client, by {@code https}. */
        public Builder link(ClientLink which, URI address) {
            links.put(which, address);
            return this;
        }

        /** Where answers may be sent: at least one for a client of the code grant. */
        public Builder redirectUris(Collection<RedirectUri> all) {
            this.redirectUris = new LinkedHashSet<>(all);
            return this;
        }

        /** Where it runs: on a server unless given. */
        public Builder applicationType(ApplicationType type) {
            this.applicationType = type;
            return this;
        }

        /** Lets it go without {@code code_challenge}; see {@link AuthorizationSettings#isPkceOptional()}. */
        public Builder pkceOptional(boolean optional) {
            this.pkceOptional = optional;
            return this;
        }

        /** Lets it leave {@code redirect_uri} out; see {@link AuthorizationSettings#isRedirectUriOptional()}. */
        public Builder redirectUriMayBeOmitted(boolean optional) {
            this.redirectUriOptional = optional;
            return this;
        }

        /** Sends faults back at once; see {@link AuthorizationSettings#allowsErrorsWithoutLogin()}. */
        public Builder allowErrorsWithoutLogin(boolean allowed) {
            this.allowErrorsWithoutLogin = allowed;
            return this;
        }

        /** The settings. */
        public AuthorizationSettings build() {
            return new AuthorizationSettings(
                    clientName,
                    links,
                    redirectUris,
                    applicationType,
                    pkceOptional,
                    redirectUriOptional,
                    allowErrorsWithoutLogin);
        }
    }
}

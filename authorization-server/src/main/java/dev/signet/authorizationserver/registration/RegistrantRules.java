package dev.signet.authorizationserver.registration;

import dev.signet.authorizationserver.registry.ApplicationType;
import dev.signet.authorizationserver.registry.ClientLink;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a client that registers itself is held to, beyond what every client is (RFC 7591 §2, §5, OpenID Connect Registration 1.0 §2).
 */
public final class RegistrantRules {

    private static final int MOST_REDIRECT_URIS = 16;
    private static final int MOST_KEYS = 16;
    private static final String LOGO_URI = "logo_uri";

    private final RegistrationPolicy policy;
    private final Set<ClientAuthenticationMethod> methods;
    private final Predicate<URI> fetchable;

    /**
     * Those of a policy.
     *
     * @param methods those of the server
     * @param fetchable whether a URL is one that the server may call
     */
    public RegistrantRules(
            RegistrationPolicy policy, Set<ClientAuthenticationMethod> methods, Predicate<URI> fetchable) {
        this.policy = policy;
        this.methods = new TreeSet<>(policy.authenticationMethods().orElse(methods));
        this.methods.retainAll(methods);
        this.fetchable = fetchable;
    }

    /** What is wrong with what was asked for, whatever becomes of it. */
    static List<String> faults(JsonObject asked) {
        List<String> faults = new ArrayList<>(UnsupportedMetadata.faults(asked));
        if (asked.find(LOGO_URI).filter(value -> !isWebAddress(value)).isPresent()) {
            faults.add(LOGO_URI + " must be an https URL without user");
        }
        if (asked.find("contacts").filter(value -> !isTexts(value)).isPresent()) {
            faults.add("contacts must be an array of strings");
        }
        checkResponseTypes(asked, faults);
        return faults;
    }

    private static boolean isWebAddress(Object value) {
        try {
            return value instanceof String text && ClientLink.permits(new URI(text));
        } catch (URISyntaxException | NumberFormatException malformed) {
            return false;
        }
    }

    private static boolean isTexts(Object value) {
        return value instanceof List<?> items && items.stream().allMatch(String.class::isInstance);
    }

    /** RFC 7591 §2.1; without {@code grant_types} there is the one that goes with codes. */
    private static void checkResponseTypes(JsonObject asked, List<String> faults) {
        if (!asked.has("response_types")) {
            return;
        }
        boolean codes = asked.find("response_types")
                .filter(types -> types instanceof List<?> all && all.contains("code"))
                .isPresent();
        boolean codeGrant = asked.find("grant_types")
                .map(types -> types instanceof List<?> all && all.contains(GrantType.AUTHORIZATION_CODE))
                .orElse(true);
        if (codes != codeGrant) {
            faults.add("response_types and grant_types contradict each other: code goes with authorization_code");
        }
    }

    /**
     * What a client has that it can't have.
     *
     * @param fixed the members that are not its own to give, and that are held to nothing here
     */
    List<String> faults(RegisteredClient client, Set<String> fixed, boolean open) {
        List<String> faults = new ArrayList<>();
        Set<String> grantTypes = open ? policy.openGrantTypes() : policy.grantTypes();
        if (!fixed.contains("grant_types") && !grantTypes.containsAll(client.grantTypes())) {
            faults.add("grant_types must be among " + String.join(", ", new TreeSet<>(grantTypes)));
        }
        if (!fixed.contains("token_endpoint_auth_method") && !methods.contains(client.authenticationMethod())) {
            faults.add("token_endpoint_auth_method must be one of "
                    + String.join(
                            ", ",
                            methods.stream()
                                    .map(ClientAuthenticationMethod::wireName)
                                    .toList()));
        }
        if (!fixed.contains("resources")
                && !policy.resources().isEmpty()
                && !policy.resources().containsAll(client.resources())) {
            faults.add("resources has one that clients can't register by themselves");
        }
        client.jwks().ifPresent(keys -> checkKeys(keys, faults));
        if (client.jwksUri().filter(fetchable.negate()).isPresent()) {
            faults.add("jwks_uri must be an https URL that this server may call");
        }
        checkRedirectUris(client, faults);
        return faults;
    }

    private static void checkKeys(JwkSet keys, List<String> faults) {
        if (keys.isAmbiguous()) {
            faults.add("jwks has two keys with one kid");
        }
        if (keys.keys().size() > MOST_KEYS) {
            faults.add("jwks must have at most " + MOST_KEYS + " keys");
        }
    }

    /** What is claimed by an address on the user's machine is not a website, and the other way round. */
    private static void checkRedirectUris(RegisteredClient client, List<String> faults) {
        Set<RedirectUri> uris = client.authorization().redirectUris();
        if (uris.size() > MOST_REDIRECT_URIS) {
            faults.add("redirect_uris must be at most " + MOST_REDIRECT_URIS);
        }
        boolean isNative = client.authorization().applicationType() == ApplicationType.NATIVE;
        if (isNative && !uris.stream().allMatch(uri -> uri.isLoopback() || uri.isPrivateScheme())) {
            faults.add("redirect_uris of a native client must be http to the machine itself, or of its own scheme");
        }
        if (!isNative && uris.stream().anyMatch(RegistrantRules::isLocal)) {
            faults.add("redirect_uris of a web client must not name localhost");
        }
    }

    private static boolean isLocal(RedirectUri uri) {
        String host = Optional.ofNullable(URI.create(uri.value()).getHost())
                .orElse("")
                .toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("[::1]");
    }
}

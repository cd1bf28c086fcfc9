package dev.signet.authorizationserver.registry;

import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** The public keys of a client, or where they are (RFC 7591 §2). */
final class KeysMetadata implements FeatureMetadata {

    private static final String JWKS = "jwks";
    private static final String JWKS_URI = "jwks_uri";

    /** Whether there are some in that metadata. */
    static boolean areIn(MemberReader metadata) {
        return metadata.has(JWKS) || metadata.has(JWKS_URI);
    }

    @Override
    public Set<String> members() {
        return Set.of(JWKS, JWKS_URI);
    }

    @Override
    public Set<String> registrable() {
        return members();
    }

    @Override
    public void read(MemberReader metadata, RegisteredClient.Builder client) {
        metadata.object(JWKS, keys -> client.jwks(JwkSet.fromJson(keys, metadata.provider())));
        metadata.uri(JWKS_URI, client::jwksUri);
    }

    @Override
    public void write(RegisteredClient client, JsonObject.Builder json) {
        client.jwks().ifPresent(keys -> json.put(JWKS, keys.toJsonObject()));
        client.jwksUri().ifPresent(uri -> json.put(JWKS_URI, uri.toString()));
    }

    @Override
    public void check(RegisteredClient.Builder client, ClientAuthenticationMethod method, List<String> faults) {
        boolean federated = client.federatedIdentity != null || client.isAtFault("federated_identity");
        boolean needed = method == ClientAuthenticationMethod.PRIVATE_KEY_JWT && !federated;
        if (client.jwks != null && client.jwksUri != null) {
            faults.add("jwks and jwks_uri are both given");
        }
        boolean given = client.jwks != null || client.jwksUri != null;
        if (needed && !given && !areAtFault(client)) {
            faults.add("jwks or jwks_uri is missing, though the method is private_key_jwt without federated_identity");
        }
        boolean signsRequests = client.grantTypes.contains(GrantType.AUTHORIZATION_CODE);
        if (!needed && !federated && given && client.introspectionEncryption == null && !signsRequests) {
            faults.add("jwks or jwks_uri is given, though the method is " + method.wireName());
        }
        if (client.jwks != null) {
            client.jwks.skipped().forEach(reason -> faults.add("jwks: " + reason));
            if (needed && client.jwks.keys().isEmpty() && client.jwks.skipped().isEmpty()) {
                faults.add("jwks has no key");
            }
        }
        if (client.jwksUri != null && !isFetchable(client.jwksUri)) {
            faults.add("jwks_uri must be an https URL without user and fragment");
        }
    }

    static boolean areAtFault(RegisteredClient.Builder client) {
        return client.isAtFault(JWKS) || client.isAtFault(JWKS_URI);
    }

    /** Plain http is left for the outgoing connections to refuse, which know the hosts it is allowed for. */
    private static boolean isFetchable(URI uri) {
        return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null;
    }
}

package dev.signet.authorizationserver.registry;

import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What a client may have tokens for, and by which grants (RFC 7591 §2). */
final class GrantMetadata implements FeatureMetadata {

    private static final String GRANT_TYPES = "grant_types";
    private static final String SCOPE = "scope";
    private static final String RESOURCES = "resources";
    private static final String TOKEN_LIFETIME = "access_token_lifetime";

    private static final List<String> KNOWN = List.of(
            GrantType.AUTHORIZATION_CODE, GrantType.CLIENT_CREDENTIALS, GrantType.JWT_BEARER, GrantType.REFRESH_TOKEN);

    @Override
    public Set<String> members() {
        return Set.of(GRANT_TYPES, SCOPE, RESOURCES, TOKEN_LIFETIME);
    }

    @Override
    public Set<String> registrable() {
        return Set.of(GRANT_TYPES, SCOPE, RESOURCES);
    }

    @Override
    public void read(MemberReader metadata, RegisteredClient.Builder client) {
        metadata.texts(GRANT_TYPES, types -> client.grantTypes(Set.copyOf(types)));
        metadata.text(SCOPE, text -> client.scope(text.isEmpty() ? Scope.empty() : Scope.parse(text)));
        metadata.resources(RESOURCES, client::resources);
        metadata.number(TOKEN_LIFETIME, seconds -> client.accessTokenLifetime(Duration.ofSeconds(seconds)));
    }

    @Override
    public void write(RegisteredClient client, JsonObject.Builder json) {
        json.put(GRANT_TYPES, client.grantTypes().stream().sorted().toList());
        if (!client.scope().isEmpty()) {
            json.put(SCOPE, client.scope().toString());
        }
        if (!client.resources().isEmpty()) {
            json.put(RESOURCES, values(client.resources()));
        }
        client.accessTokenLifetime().ifPresent(lifetime -> json.put(TOKEN_LIFETIME, lifetime.toSeconds()));
    }

    /** As they are written. */
    static List<String> values(Set<ResourceIndicator> resources) {
        return resources.stream().map(ResourceIndicator::value).sorted().toList();
    }

    @Override
    public void check(RegisteredClient.Builder client, List<String> faults) {
        if (client.grantTypes.isEmpty()
                && client.resourceServerFor.isEmpty()
                && !client.isAtFault(GRANT_TYPES)
                && !client.isAtFault("resource_server_for")) {
            faults.add("grant_types is missing");
        }
        if (!KNOWN.containsAll(client.grantTypes)) {
            faults.add("grant_types has an unsupported value: expected one of " + String.join(", ", KNOWN));
        }
        if (client.grantTypes.contains(GrantType.REFRESH_TOKEN)
                && !client.grantTypes.contains(GrantType.AUTHORIZATION_CODE)) {
            faults.add("grant_types has refresh_token without authorization_code, which it comes of");
        }
        if (client.accessTokenLifetime != null && !ProtectedResource.isTokenLifetime(client.accessTokenLifetime)) {
            faults.add("access_token_lifetime must be 60 to 3600 whole seconds");
        }
    }

    @Override
    public void check(RegisteredClient.Builder client, ClientAuthenticationMethod method, List<String> faults) {
        if (method == ClientAuthenticationMethod.NONE && client.grantTypes.contains(GrantType.CLIENT_CREDENTIALS)) {
            faults.add("a client that does not authenticate may not use client_credentials");
        }
    }
}

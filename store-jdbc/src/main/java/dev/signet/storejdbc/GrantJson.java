package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.CodeChallenge;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A grant as JSON, with the names of the specifications where they have some. Times are ISO 8601. */
final class GrantJson {

    private GrantJson() {}

    /** @throws IllegalArgumentException if it is too large to be read again */
    static String write(StoredGrant grant) {
        JsonObject.Builder json = JsonObject.builder()
                .put("client_id", grant.clientId().value())
                .put("sub", grant.subject())
                .put("scope", List.copyOf(grant.scope().tokens()))
                .put(
                        "resource",
                        grant.resources().stream().map(ResourceIndicator::value).toList())
                .put("granted_at", grant.grantedAt().toString())
                .put("expires_at", grant.expiresAt().toString());
        AuthenticationJson.put(grant.authentication(), json);
        grant.redirectUri().ifPresent(uri -> json.put("redirect_uri", uri));
        grant.codeChallenge().ifPresent(challenge -> json.put("code_challenge", challenge.value()));
        return KeptJson.write(json.build(), "a grant");
    }

    /** @throws StoreException if this is not what was written */
    static StoredGrant read(JwtId id, String text) {
        try {
            JsonObject json = KeptJson.read(text);
            return new StoredGrant(
                    id,
                    new ClientId(json.requireString("client_id")),
                    json.requireString("sub"),
                    Scope.of(json.findStrings("scope").orElse(List.of())),
                    resources(json),
                    json.findString("redirect_uri"),
                    json.findString("code_challenge").map(CodeChallenge::new),
                    AuthenticationJson.read(json),
                    Instant.parse(json.requireString("granted_at")),
                    Instant.parse(json.requireString("expires_at")));
        } catch (JsonException | IllegalArgumentException | DateTimeException unusable) {
            throw new StoreException("a grant in the store is of no use", unusable);
        }
    }

    private static Set<ResourceIndicator> resources(JsonObject json) {
        return json.findStrings("resource").orElse(List.of()).stream()
                .map(ResourceIndicator::new)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}

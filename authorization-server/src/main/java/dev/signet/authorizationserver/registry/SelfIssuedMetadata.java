package dev.signet.authorizationserver.registry;

import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import java.util.List;
import java.util.Set;

/** What assertions are exchanged for that a client makes itself (RFC 7521 §5.2). */
final class SelfIssuedMetadata implements FeatureMetadata {

    private static final String SELF_ISSUED = "self_issued_assertions";

    @Override
    public Set<String> members() {
        return Set.of(SELF_ISSUED);
    }

    /** For whom a client speaks is not its own to say. */
    @Override
    public Set<String> registrable() {
        return Set.of();
    }

    @Override
    public void read(MemberReader metadata, RegisteredClient.Builder client) {
        metadata.object(SELF_ISSUED, goodFor -> client.selfIssuedAssertions(SelfIssuedAssertions.fromJson(goodFor)));
    }

    @Override
    public void write(RegisteredClient client, JsonObject.Builder json) {
        client.selfIssuedAssertions().ifPresent(goodFor -> json.put(SELF_ISSUED, goodFor.toJson()));
    }

    /** Who speaks for others has to be known by a key of its own: a shared secret is known to the server, too. */
    @Override
    public void check(RegisteredClient.Builder client, ClientAuthenticationMethod method, List<String> faults) {
        if (client.selfIssuedAssertions == null) {
            return;
        }
        if (method != ClientAuthenticationMethod.PRIVATE_KEY_JWT) {
            faults.add("self_issued_assertions are given, though the method is " + method.wireName());
        }
        if (!client.grantTypes.contains(GrantType.JWT_BEARER) && !client.isAtFault("grant_types")) {
            faults.add("self_issued_assertions are given without the grant type " + GrantType.JWT_BEARER);
        }
    }
}

package dev.signet.authorizationserver.registry;

import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** About which tokens a client may ask, and how it is answered (RFC 7662 §2.1, RFC 9701 §6). */
final class IntrospectionMetadata implements FeatureMetadata {

    private static final String RESOURCE_SERVER_FOR = "resource_server_for";
    private static final String OWN_TOKENS = "introspect_own_tokens";
    private static final String SIGNING = "introspection_signed_response_alg";
    private static final String ALGORITHM = "introspection_encrypted_response_alg";
    private static final String ENCRYPTION = "introspection_encrypted_response_enc";

    @Override
    public Set<String> members() {
        return Set.of(RESOURCE_SERVER_FOR, OWN_TOKENS, SIGNING, ALGORITHM, ENCRYPTION);
    }

    /** How it is answered, where somebody else has said that it may ask. */
    @Override
    public Set<String> registrable() {
        return Set.of(SIGNING, ALGORITHM, ENCRYPTION);
    }

    @Override
    public void read(MemberReader metadata, RegisteredClient.Builder client) {
        metadata.resources(RESOURCE_SERVER_FOR, client::resourceServerFor);
        metadata.flag(OWN_TOKENS, client::introspectOwnTokens);
        metadata.algorithm(SIGNING, client::introspectionSigningAlgorithm);
        metadata.read(ALGORITHM, () -> readEncryption(metadata, client));
    }

    /** RFC 9701 §6: without {@code enc} there is a default, without {@code alg} there is nothing it could be about. */
    private static void readEncryption(MemberReader metadata, RegisteredClient.Builder client) {
        Optional<String> algorithm = metadata.findText(ALGORITHM);
        String encryption = metadata.findText(ENCRYPTION).orElse(AgreedEncryption.DEFAULT_ENCRYPTION);
        if (!EncryptedJwt.ENCRYPTIONS.contains(encryption)) {
            client.fault(ENCRYPTION, ENCRYPTION + " is not supported");
        } else if (algorithm.isPresent()) {
            client.introspectionEncryption(new AgreedEncryption(algorithm.get(), encryption));
        } else if (metadata.has(ENCRYPTION)) {
            client.fault(ENCRYPTION, ENCRYPTION + " is given without " + ALGORITHM);
        }
    }

    @Override
    public void write(RegisteredClient client, JsonObject.Builder json) {
        if (!client.resourceServerFor().isEmpty()) {
            json.put(RESOURCE_SERVER_FOR, GrantMetadata.values(client.resourceServerFor()));
        }
        if (client.introspectOwnTokens()) {
            json.put(OWN_TOKENS, true);
        }
        client.introspectionSigningAlgorithm().ifPresent(algorithm -> json.put(SIGNING, algorithm.joseName()));
        client.introspectionEncryption()
                .ifPresent(encrypted ->
                        json.put(ALGORITHM, encrypted.algorithm()).put(ENCRYPTION, encrypted.encryption()));
    }

    @Override
    public void check(RegisteredClient.Builder client, ClientAuthenticationMethod method, List<String> faults) {
        JwsAlgorithm algorithm = client.introspectionSigningAlgorithm;
        AgreedEncryption encryption = client.introspectionEncryption;
        boolean asks = client.introspectOwnTokens || !client.resourceServerFor.isEmpty();
        if (method == ClientAuthenticationMethod.NONE && asks) {
            faults.add("resource_server_for and introspect_own_tokens are for clients that authenticate");
        }
        if (algorithm != null && algorithm.isMac()) {
            faults.add("introspection_signed_response_alg is a MAC: answers are signed with a key of the server");
        }
        if ((algorithm != null || encryption != null) && !asks && !client.isAtFault(RESOURCE_SERVER_FOR)) {
            faults.add(
                    "introspection_signed_response_alg and introspection_encrypted_response_alg are for clients with "
                            + "resource_server_for or introspect_own_tokens");
        }
        if (encryption == null) {
            return;
        }
        if (client.jwks != null
                && client.jwks.encryptionKeys(encryption.algorithm()).isEmpty()) {
            faults.add("jwks has no key with use enc for " + encryption.algorithm());
        }
        if (client.jwks == null && client.jwksUri == null && !KeysMetadata.areAtFault(client)) {
            faults.add("jwks or jwks_uri is missing, though introspection_encrypted_response_alg is given");
        }
    }
}

package dev.signet.authorizationserver;

import dev.signet.authorizationserver.endpoint.EndpointPaths;
import dev.signet.authorizationserver.grant.Grant;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.metadata.ProtectedResourceMetadata;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What a server publishes about itself (RFC 8414 §2). */
final class ServerMetadata {

    /** RFC 9864: names that say all come before the one that does not. */
    private static final Comparator<JwsAlgorithm> FULLY_SPECIFIED_FIRST = Comparator.comparing(
                    (JwsAlgorithm algorithm) -> algorithm == JwsAlgorithm.EdDSA)
            .thenComparing(Comparator.naturalOrder());

    private ServerMetadata() {}

    /** @param signing the algorithms that the server has keys for */
    static AuthorizationServerMetadata of(
            ServerSettings settings, List<Grant> grants, EndpointPaths paths, List<JwsAlgorithm> signing) {
        List<String> methods = names(settings.methods());
        List<String> algorithms = settings.methods().stream().anyMatch(ClientAuthenticationMethod::usesAssertion)
                ? settings.assertionAlgorithms().stream()
                        .sorted(FULLY_SPECIFIED_FIRST)
                        .map(JwsAlgorithm::joseName)
                        .toList()
                : List.of();
        AuthorizationServerMetadata.Builder metadata = AuthorizationServerMetadata.builder(settings.issuer())
                .tokenEndpoint(paths.tokenUri())
                .jwksUri(paths.jwksUri())
                .scopesSupported(List.copyOf(settings.resources().scope().tokens()))
                .protectedResources(settings.resources().all().stream()
                        .filter(ProtectedResource::isEnabled)
                        .map(resource -> resource.resource().value())
                        .filter(ProtectedResourceMetadata::canDescribe)
                        .toList())
                .grantTypesSupported(grants.stream().map(Grant::type).toList())
                .tokenEndpointAuthMethodsSupported(methods)
                .tokenEndpointAuthSigningAlgValuesSupported(algorithms);
        if (settings.answers()) {
            metadata.revocationEndpoint(paths.revocationUri(), methods, algorithms)
                    .introspectionEndpoint(paths.introspectionUri(), names(settings.provingMethods()), algorithms)
                    .introspectionForms(
                            signing.stream().map(JwsAlgorithm::joseName).toList(),
                            List.copyOf(DecryptionKey.ALGORITHMS),
                            List.copyOf(EncryptedJwt.ENCRYPTIONS));
        }
        return metadata.build();
    }

    private static List<String> names(Set<ClientAuthenticationMethod> methods) {
        return methods.stream()
                .sorted()
                .map(ClientAuthenticationMethod::wireName)
                .toList();
    }
}

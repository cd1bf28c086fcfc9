package dev.signet.authorizationserver;

import dev.signet.authorizationserver.clientauth.ClientEndpoint;
import dev.signet.authorizationserver.endpoint.EndpointPaths;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.requestobject.RequestPolicy;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.authorization.CodeChallenge;
import dev.signet.core.authorization.ResponseMode;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.metadata.ProtectedResourceMetadata;
import dev.signet.core.metadata.RequestObjectSupport;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import java.util.Arrays;
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

    /**
     * The metadata.
     *
     * @param policy in which ways requests are taken
     * @param signing the algorithms that the server has keys for
     * @param encryption those by which JWTs can be encrypted to it
     */
    static AuthorizationServerMetadata of(
            ServerSettings settings,
            EndpointPaths paths,
            RequestPolicy policy,
            List<JwsAlgorithm> signing,
            List<String> encryption) {
        AuthorizationServerMetadata.Builder metadata = AuthorizationServerMetadata.builder(settings.issuer())
                .tokenEndpoint(paths.tokenUri())
                .jwksUri(paths.jwksUri())
                .scopesSupported(List.copyOf(settings.resources().scope().tokens()))
                .protectedResources(settings.resources().all().stream()
                        .filter(ProtectedResource::isEnabled)
                        .map(resource -> resource.resource().value())
                        .filter(ProtectedResourceMetadata::canDescribe)
                        .toList())
                .grantTypesSupported(settings.grantTypes())
                .tokenEndpointAuthMethodsSupported(methods(settings, ClientEndpoint.TOKEN))
                .tokenEndpointAuthSigningAlgValuesSupported(algorithms(settings, ClientEndpoint.TOKEN));
        if (settings.authorizing()) {
            metadata.authorizationEndpoint(paths.authorizationUri())
                    .responseTypesSupported(List.of("code"))
                    .responseModesSupported(Arrays.stream(ResponseMode.values())
                            .map(ResponseMode::wireName)
                            .toList())
                    .codeChallengeMethodsSupported(List.of(CodeChallenge.METHOD))
                    .requestObjects(requestObjects(settings, policy, encryption));
        }
        if (settings.pushing()) {
            metadata.pushedAuthorizationRequestEndpoint(
                    paths.pushedAuthorizationRequestUri(), policy.isPushedRequired());
        }
        if (settings.registration().isPresent()) {
            metadata.registrationEndpoint(paths.registrationUri());
        }
        if (settings.answers()) {
            metadata.revocationEndpoint(
                            paths.revocationUri(),
                            methods(settings, ClientEndpoint.REVOCATION),
                            algorithms(settings, ClientEndpoint.REVOCATION))
                    .introspectionEndpoint(
                            paths.introspectionUri(),
                            methods(settings, ClientEndpoint.INTROSPECTION),
                            algorithms(settings, ClientEndpoint.INTROSPECTION))
                    .introspectionForms(
                            signing.stream().map(JwsAlgorithm::joseName).toList(),
                            List.copyOf(DecryptionKey.ALGORITHMS),
                            List.copyOf(EncryptedJwt.ENCRYPTIONS));
        }
        return metadata.build();
    }

    private static RequestObjectSupport requestObjects(
            ServerSettings settings, RequestPolicy policy, List<String> encryption) {
        boolean fetches = policy.fetcher().isPresent();
        RequestObjectSupport.Builder support = RequestObjectSupport.builder()
                .requestParameterSupported(policy.takesRequestObjects())
                .requestUriParameterSupported(fetches)
                .requireRequestUriRegistration(fetches)
                .requireSignedRequestObject(policy.isSignedRequired());
        if (policy.takesRequestObjects() || fetches) {
            support.signingAlgValuesSupported(settings.signatureAlgorithms().stream()
                    .sorted(FULLY_SPECIFIED_FIRST)
                    .map(JwsAlgorithm::joseName)
                    .toList());
            if (!encryption.isEmpty()) {
                support.encryptionValuesSupported(encryption, List.copyOf(EncryptedJwt.ENCRYPTIONS));
            }
        }
        return support.build();
    }

    private static List<String> methods(ServerSettings settings, ClientEndpoint endpoint) {
        return settings.methods(endpoint).stream()
                .sorted()
                .map(ClientAuthenticationMethod::wireName)
                .toList();
    }

    /** The algorithms of the assertions that are accepted there. */
    private static List<String> algorithms(ServerSettings settings, ClientEndpoint endpoint) {
        Set<ClientAuthenticationMethod> methods = settings.methods(endpoint);
        return settings.assertionAlgorithms().stream()
                .filter(algorithm -> methods.contains(
                        algorithm.isMac()
                                ? ClientAuthenticationMethod.CLIENT_SECRET_JWT
                                : ClientAuthenticationMethod.PRIVATE_KEY_JWT))
                .sorted(FULLY_SPECIFIED_FIRST)
                .map(JwsAlgorithm::joseName)
                .toList();
    }
}

package dev.signet.authorizationserver;

import dev.signet.authorizationserver.accesstoken.AccessTokenIssuer;
import dev.signet.authorizationserver.accesstoken.SigningKeys;
import dev.signet.authorizationserver.clientauth.ClientAuthentication;
import dev.signet.authorizationserver.clientauth.CredentialsReader;
import dev.signet.authorizationserver.endpoint.Endpoint;
import dev.signet.authorizationserver.endpoint.EndpointPaths;
import dev.signet.authorizationserver.endpoint.Endpoints;
import dev.signet.authorizationserver.endpoint.ErrorResponses;
import dev.signet.authorizationserver.endpoint.JwkSetEndpoint;
import dev.signet.authorizationserver.endpoint.MetadataEndpoint;
import dev.signet.authorizationserver.endpoint.TokenEndpoint;
import dev.signet.authorizationserver.event.ServerListener;
import dev.signet.authorizationserver.grant.ClientCredentialsGrant;
import dev.signet.authorizationserver.grant.Gate;
import dev.signet.authorizationserver.grant.Grant;
import dev.signet.authorizationserver.grant.JwtBearerGrant;
import dev.signet.authorizationserver.internal.AssertionReader;
import dev.signet.authorizationserver.internal.AssertionTerms;
import dev.signet.authorizationserver.internal.QuietListener;
import dev.signet.authorizationserver.internal.RandomIds;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.KeysUnavailableException;
import dev.signet.outbound.OutboundHttp;
import dev.signet.outbound.RemoteJwkSet;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parts of a server, put together from settings that were found in order. */
record Assembly(
        Clock clock,
        ServerListener listener,
        RandomIds ids,
        Endpoints endpoints,
        ErrorResponses errors,
        SigningKeys signingKeys,
        AuthorizationServerMetadata metadata) {

    /** RFC 9864: names that say all come before the one that does not. */
    private static final Comparator<JwsAlgorithm> FULLY_SPECIFIED_FIRST = Comparator.comparing(
                    (JwsAlgorithm algorithm) -> algorithm == JwsAlgorithm.EdDSA)
            .thenComparing(Comparator.naturalOrder());

    static Assembly of(AuthorizationServer.Builder builder) {
        ServerSettings settings = ServerSettings.of(builder);
        RandomIds ids = new RandomIds(builder.random);
        ServerListener listener = new QuietListener(builder.listener);
        SigningKeys keys = SigningKeys.builder(settings.signingKeyStore())
                .algorithm(builder.signingAlgorithm)
                .cryptoProvider(builder.cryptoProvider)
                .clock(builder.clock)
                .random(builder.random)
                .executor(builder.executor)
                .listener(listener)
                .build();
        AssertionReader assertions = new AssertionReader(builder.decryptionKeys);
        EndpointPaths paths = new EndpointPaths(settings.issuer());
        AssertionTerms terms = new AssertionTerms(settings.issuer(), paths.tokenUri(), builder.clockSkew);
        List<Grant> grants = grants(builder, settings, assertions, terms);
        AuthorizationServerMetadata metadata = metadata(settings, grants, paths);
        TokenEndpoint tokenEndpoint = new TokenEndpoint(
                new CredentialsReader(assertions),
                clientAuthentication(builder, settings, terms),
                grants,
                new AccessTokenIssuer(settings.issuer(), keys, ids));
        Map<String, Endpoint> byPath = new HashMap<>();
        byPath.put(paths.token(), tokenEndpoint);
        byPath.put(paths.jwks(), new JwkSetEndpoint(keys, builder.decryptionKeys));
        paths.metadata().forEach(path -> byPath.put(path, new MetadataEndpoint(metadata)));
        Endpoints endpoints = new Endpoints(byPath);
        ErrorResponses errors = new ErrorResponses(
                endpoints,
                settings.issuer().value(),
                settings.methods().contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC),
                builder.timePerFailure);
        return new Assembly(builder.clock, listener, ids, endpoints, errors, keys, metadata);
    }

    private static List<Grant> grants(
            AuthorizationServer.Builder builder,
            ServerSettings settings,
            AssertionReader assertions,
            AssertionTerms terms) {
        Gate gate = new Gate(settings.resources(), settings.clients(), settings.replayGuard());
        List<Grant> grants = new ArrayList<>();
        grants.add(new ClientCredentialsGrant(gate));
        if (!builder.trustedIssuers.isEmpty()) {
            grants.add(new JwtBearerGrant(gate, assertions, terms, builder.trustedIssuers));
        }
        return grants;
    }

    private static ClientAuthentication clientAuthentication(
            AuthorizationServer.Builder builder, ServerSettings settings, AssertionTerms terms) {
        return ClientAuthentication.builder(settings.clients(), terms)
                .methods(settings.methods())
                .algorithms(settings.assertionAlgorithms())
                .remoteKeys(remoteKeys(builder.outbound, builder.clock, builder.cryptoProvider))
                .secretFailures(builder.failuresAtOnce, builder.timePerFailure)
                .random(builder.random)
                .build();
    }

    private static Function<URI, KeySource> remoteKeys(
            @Nullable OutboundHttp outbound, Clock clock, CryptoProvider provider) {
        return uri -> {
            if (outbound == null) {
                return outOfReach("the server was built without outgoing connections");
            }
            if (!outbound.permits(uri)) {
                return outOfReach("the jwks_uri is not one that outgoing connections are allowed to");
            }
            return RemoteJwkSet.builder(uri, outbound)
                    .clock(clock)
                    .cryptoProvider(provider)
                    .build();
        };
    }

    private static KeySource outOfReach(String detail) {
        return (jwt, allowed) -> {
            throw new KeysUnavailableException(detail, new IllegalStateException(detail));
        };
    }

    private static AuthorizationServerMetadata metadata(
            ServerSettings settings, List<Grant> grants, EndpointPaths paths) {
        boolean asserting = settings.methods().stream().anyMatch(ClientAuthenticationMethod::usesAssertion);
        AuthorizationServerMetadata.Builder metadata = AuthorizationServerMetadata.builder(settings.issuer())
                .tokenEndpoint(paths.tokenUri())
                .jwksUri(paths.jwksUri())
                .scopesSupported(List.copyOf(settings.resources().scope().tokens()))
                .grantTypesSupported(grants.stream().map(Grant::type).toList())
                .tokenEndpointAuthMethodsSupported(settings.methods().stream()
                        .sorted()
                        .map(ClientAuthenticationMethod::wireName)
                        .toList());
        if (asserting) {
            metadata.tokenEndpointAuthSigningAlgValuesSupported(settings.assertionAlgorithms().stream()
                    .sorted(FULLY_SPECIFIED_FIRST)
                    .map(JwsAlgorithm::joseName)
                    .toList());
        }
        return metadata.build();
    }
}

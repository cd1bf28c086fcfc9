package dev.signet.systemtests.guide;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.metadata.ProtectedResourceMetadata;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenEncryption;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.resourceserver.StepUp;
import dev.signet.resourceserver.TrustedIssuer;
import dev.signet.resourceserver.introspection.IntrospectionClient;
import dev.signet.resourceserver.introspection.IntrospectionPolicy;
import java.time.Duration;
import java.util.Set;

/** The guide's Java that needs no server, as it stands there. */
final class ProtectAnApiSnippets {

    private ProtectAnApiSnippets() {}

    static AccessTokenValidator oneIssuer() {
        AccessTokenValidator validator = AccessTokenValidator.builder()
                .issuer("https://as.example.com")
                .audience("https://api.example.com/orders")
                .outbound(OutboundHttp.builder().build())
                .build();
        return validator;
    }

    static AccessTokenOutcome requirements(AccessTokenValidator validator, ProtocolRequest request) {
        StepUp strongAndRecent = StepUp.toAnyAcr("phr", "mfa").within(Duration.ofMinutes(5));

        AccessTokenOutcome outcome = validator
                .validate(request)
                .requireScope("orders.write")
                .requireAnyRole("clerk", "manager")
                .requireAuthentication(strongAndRecent);
        return outcome;
    }

    static AccessTokenValidator severalIssuers(AccessTokenEncryption agreedWithPartner) {
        AccessTokenValidator validator = AccessTokenValidator.builder()
                .trust(TrustedIssuer.builder("https://as.example.com")
                        .audience("https://api.example.com/orders")
                        .build())
                .trust(TrustedIssuer.builder("https://as.partner.example")
                        .audience("urn:partner:orders")
                        .algorithms(Set.of(JwsAlgorithm.RS256))
                        .encryption(agreedWithPartner)
                        .leeway(Duration.ZERO)
                        .build())
                .outbound(OutboundHttp.builder().build())
                .build();
        return validator;
    }

    static AccessTokenValidator asking(OutboundHttp http, SigningKey signingKey) {
        IntrospectionClient asking = IntrospectionClient.builder(Issuer.of("https://as.example.com"))
                .outbound(http)
                .authentication(ClientAuthentication.privateKeyJwt(new ClientId("orders-api"), signingKey))
                .signedResponses()
                .build();
        AccessTokenValidator validator = AccessTokenValidator.builder()
                .issuer("https://as.example.com")
                .audience("https://api.example.com/orders")
                .outbound(http)
                .introspection(IntrospectionPolicy.cached(asking, Duration.ofSeconds(5)))
                .build();
        return validator;
    }

    static ProtectedResourceMetadata metadata(AccessTokenValidator validator) {
        ProtectedResourceMetadata metadata = validator.metadata().orElseThrow().toBuilder()
                .resourceName("Orders")
                .resourceName("de", "Bestellungen")
                .build();
        return metadata;
    }
}

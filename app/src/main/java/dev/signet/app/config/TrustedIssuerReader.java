package dev.signet.app.config;

import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuer.Leniency;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.error.OAuthException;
import dev.signet.jwt.key.JwsAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads {@code trusted_issuers}: whose JWTs count, and for what (RFC 7523 §3, §5). */
final class TrustedIssuerReader {

    /** Switches that are on or off; the keys are {@link Leniency#switchName()} in the letter case of the file. */
    private static final Map<String, Leniency> SWITCHES = Map.of(
            "accept_token_endpoint_audience", Leniency.ACCEPT_TOKEN_ENDPOINT_AUDIENCE,
            "accept_additional_audiences", Leniency.ACCEPT_ADDITIONAL_AUDIENCES,
            "allow_assertion_reuse", Leniency.ALLOW_ASSERTION_REUSE,
            "jti_optional", Leniency.JTI_OPTIONAL,
            "token_may_outlive_assertion", Leniency.TOKEN_MAY_OUTLIVE_ASSERTION);

    private static final Set<String> KEYS = Set.of(
            "issuer",
            "algorithms",
            "subjects",
            "scope",
            "clients",
            "resources",
            "required_claims",
            "conditions",
            "attributes",
            "maximum_lifetime");

    private final KeyReader keys;
    private final References references;

    TrustedIssuerReader(KeyReader keys, References references) {
        this.keys = keys;
        this.references = references;
    }

    TrustedIssuers read(Section top) {
        List<TrustedIssuer> issuers = new ArrayList<>();
        for (Section section : top.sections("trusted_issuers")) {
            issuer(section).ifPresent(issuer -> {
                if (issuers.stream().anyMatch(other -> other.issuer().equals(issuer.issuer()))) {
                    section.fault("issuer", "is trusted above already");
                } else {
                    issuers.add(issuer);
                }
            });
        }
        return TrustedIssuers.of(issuers);
    }

    private Optional<TrustedIssuer> issuer(Section section) {
        int faultsBefore = section.faultCount();
        TrustedIssuer.Builder builder =
                TrustedIssuer.builder(section.required("issuer", "the iss of its assertions", text -> text)
                        .orElse("unknown"));
        keys.read(section).ifPresent(builder::keys);
        SubjectReader.read(section).ifPresent(builder::subjects);
        builder.conditions(ConditionReader.read(section));
        set(section.flag("enabled"), builder::enabled);
        limits(section, builder);
        new TreeMap<>(SWITCHES).forEach((key, leniency) -> {
            if (section.flag(key).orElse(false)) {
                builder.allow(leniency);
            }
        });
        set(
                section.value("allow_unauthenticated_client", "the client_id its tokens shall carry", ClientId::new),
                builder::allowUnauthenticatedClient);
        section.done();
        if (section.faultCount() > faultsBefore) {
            return Optional.empty();
        }
        try {
            return Optional.of(builder.build());
        } catch (IllegalArgumentException e) {
            BuilderFaults.tell(
                    section, String.valueOf(e.getMessage()).replace("the longest lifetime", "maximum_lifetime"), KEYS);
            return Optional.empty();
        }
    }

    private void limits(Section section, TrustedIssuer.Builder builder) {
        set(
                section.values(
                        "algorithms",
                        "a JWS algorithm such as ES256",
                        name -> JwsAlgorithm.find(name).orElseThrow(IllegalArgumentException::new)),
                algorithms -> builder.algorithms(Set.copyOf(algorithms)));
        set(section.value("scope", "scopes with spaces between", this::scope), builder::scope);
        set(
                section.values("clients", "a client_id", references::presenter),
                clients -> builder.clients(Set.copyOf(clients)));
        set(
                section.values("resources", "an absolute URI without fragment", references::resource),
                resources -> builder.resources(Set.copyOf(resources)));
        set(section.texts("required_claims"), claims -> builder.requiredClaims(Set.copyOf(claims)));
        set(section.texts("attributes"), attributes -> builder.attributes(Set.copyOf(attributes)));
        set(section.duration("maximum_lifetime"), builder::maximumLifetime);
    }

    private static <T> void set(Optional<T> value, Consumer<T> setter) {
        value.ifPresent(setter);
    }

    private Scope scope(String text) {
        try {
            return references.registered(Scope.parse(text));
        } catch (OAuthException e) {
            throw new IllegalArgumentException("malformed", e);
        }
    }
}

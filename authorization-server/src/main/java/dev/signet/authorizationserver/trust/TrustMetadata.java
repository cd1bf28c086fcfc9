package dev.signet.authorizationserver.trust;

import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.trust.TrustedIssuer.Leniency;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.KeyException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The members that describe a trust, in a configuration file and in a store. */
public final class TrustMetadata {

    /** The name of the longest lifetime: a whole number of seconds, where a configuration file has a time such as {@code 15m}. */
    public static final String MAXIMUM_LIFETIME = "maximum_lifetime";

    private static final String UNAUTHENTICATED = member(Leniency.ALLOW_UNAUTHENTICATED_CLIENT);

    private static final List<String> PARTS = List.of(
            "issuer",
            "jwks",
            "jwks_uri",
            "discovery",
            "subjects",
            "allow_any_subject",
            "subject_claim",
            "fixed_subject",
            "subject_prefix",
            "conditions",
            "require_account",
            "software_statements",
            "enabled",
            "algorithms",
            "scope",
            "clients",
            "resources",
            "required_claims",
            "attributes",
            MAXIMUM_LIFETIME);

    /** All names that mean something. */
    public static final List<String> MEMBERS = Stream.concat(
                    PARTS.stream(), Arrays.stream(Leniency.values()).map(TrustMetadata::member))
            .toList();

    private final Members members;
    private final KeySources sources;

    private TrustMetadata(Members members, KeySources sources) {
        this.members = members;
        this.sources = sources;
    }

    static TrustedIssuer.Builder read(JsonObject json, KeySources sources) {
        Members members = new Members(json);
        TrustMetadata reader = new TrustMetadata(members, sources);
        Optional<String> issuer = members.value("issuer", "the iss of its assertions", text -> text);
        if (!members.has("issuer")) {
            members.fault("issuer", "is missing: expected the iss of its assertions");
        }
        TrustedIssuer.Builder trust = TrustedIssuer.builder(issuer.orElse(""));
        Optional<IssuerKeys> keys = reader.keys(issuer);
        SubjectMapping.read(members).ifPresent(trust::subjects);
        members.object("conditions")
                .ifPresent(conditions -> trust.conditions(conditions.names().stream()
                        .flatMap(claim -> condition(conditions, claim).stream())
                        .toList()));
        reader.limits(trust);
        reader.leniencies(trust);
        members.flag("require_account").ifPresent(trust::accountRequired);
        members.flag("software_statements").ifPresent(trust::softwareStatements);
        members.flag("enabled").ifPresent(trust::enabled);
        members.refuseOthers(MEMBERS);
        members.throwIfAny();
        return trust.keys(keys.orElseThrow(), sources);
    }

    private static Optional<ClaimCondition> condition(Members conditions, String claim) {
        Optional<Members> condition = conditions.object(claim);
        if (condition.isEmpty()) {
            return Optional.empty();
        }
        condition.get().refuseOthers(ClaimCondition.WORDS);
        List<String> words =
                ClaimCondition.WORDS.stream().filter(condition.get()::has).toList();
        if (words.size() != 1) {
            condition.get().fault("", "expected one of equals, one_of, contains and begins_with");
            return Optional.empty();
        }
        String word = words.get(0);
        try {
            return Optional.of(ClaimCondition.fromJson(
                    claim,
                    JsonObject.builder()
                            .put(word, condition.get().any(word).orElseThrow())
                            .build()));
        } catch (IllegalArgumentException e) {
            condition.get().fault(word, String.valueOf(e.getMessage()).replaceFirst("^condition: ", ""));
            return Optional.empty();
        }
    }

    private Optional<IssuerKeys> keys(Optional<String> issuer) {
        boolean discovery = members.flag("discovery").orElse(false);
        if (Stream.of(members.has("jwks"), members.has("jwks_uri"), discovery)
                        .filter(given -> given)
                        .count()
                != 1) {
            members.fault("", "expected one of jwks, jwks_uri and discovery: true");
        }
        if (discovery && issuer.filter(name -> !isDiscoverable(name)).isPresent()) {
            members.fault("discovery", "expected an issuer that is an https URL without query and fragment");
        }
        Optional<IssuerKeys> known = keySet().map(IssuerKeys.Known::new);
        Optional<IssuerKeys> published = members.value("jwks_uri", "the https URL of a JWK Set", TrustMetadata::uri)
                .map(IssuerKeys.PublishedAt::new);
        return known.or(() -> published).or(() -> Optional.of(new IssuerKeys.Discovered()));
    }

    private static boolean isDiscoverable(String issuer) {
        try {
            Issuer.of(issuer);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Optional<JwkSet> keySet() {
        if (!members.isObject("jwks")) {
            members.object("jwks");
            return Optional.empty();
        }
        JwkSet keys;
        try {
            keys = JwkSet.fromJson((JsonObject) members.any("jwks").orElseThrow(), sources.provider());
        } catch (KeyException malformed) {
            members.fault("jwks", String.valueOf(malformed.getMessage()));
            return Optional.empty();
        }
        keys.skipped().forEach(reason -> members.fault("jwks", reason));
        if (keys.keys().isEmpty() && keys.skipped().isEmpty()) {
            members.fault("jwks", "expected at least one key");
        }
        if (keys.isAmbiguous()) {
            members.fault("jwks", "two keys have one kid: whatever names it would be refused");
        }
        return Optional.of(keys);
    }

    private void limits(TrustedIssuer.Builder trust) {
        members.some(
                        "algorithms",
                        "a JWS algorithm such as ES256",
                        name -> JwsAlgorithm.find(name).orElseThrow(IllegalArgumentException::new))
                .ifPresent(algorithms -> trust.algorithms(Set.copyOf(algorithms)));
        members.value("scope", "scopes with spaces between", text -> text.isEmpty() ? Scope.empty() : Scope.parse(text))
                .ifPresent(trust::scope);
        members.some("clients", "a client_id", ClientId::new).ifPresent(clients -> trust.clients(Set.copyOf(clients)));
        members.some("resources", "an absolute URI without fragment", ResourceIndicator::new)
                .ifPresent(resources -> trust.resources(Set.copyOf(resources)));
        members.values("required_claims", "text", text -> text)
                .ifPresent(claims -> trust.requiredClaims(Set.copyOf(claims)));
        members.values("attributes", "text", text -> text).ifPresent(claims -> trust.attributes(Set.copyOf(claims)));
        members.number(MAXIMUM_LIFETIME, "a whole number of seconds")
                .map(Duration::ofSeconds)
                .ifPresent(trust::maximumLifetime);
    }

    private void leniencies(TrustedIssuer.Builder trust) {
        for (Leniency leniency : Leniency.values()) {
            if (leniency == Leniency.ALLOW_UNAUTHENTICATED_CLIENT) {
                members.value(UNAUTHENTICATED, "the client_id its tokens shall carry", ClientId::new)
                        .ifPresent(trust::allowUnauthenticatedClient);
            } else if (members.flag(member(leniency)).orElse(false)) {
                trust.allow(leniency);
            }
        }
    }

    /** {@link Leniency#switchName()} in the letter case of files. */
    private static String member(Leniency leniency) {
        return leniency.name().toLowerCase(Locale.ROOT);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException | NumberFormatException malformed) {
            throw new IllegalArgumentException("must be a URI", malformed);
        }
    }

    /** All of it that is not as it is unless given, and what it must stay when another version has other defaults. */
    static JsonObject write(TrustedIssuer trust, IssuerKeys keys, SubjectMapping subjects) {
        JsonObject.Builder json = JsonObject.builder().put("issuer", trust.issuer());
        if (keys instanceof IssuerKeys.Known known) {
            json.put("jwks", known.keys().toJsonObject());
        } else if (keys instanceof IssuerKeys.PublishedAt there) {
            json.put("jwks_uri", there.jwksUri().toString());
        } else {
            json.put("discovery", true);
        }
        json.put(
                "algorithms",
                trust.algorithms().stream().sorted().map(JwsAlgorithm::joseName).toList());
        subjects.write(json);
        trust.scope().ifPresent(scope -> json.put("scope", scope.toString()));
        putSorted(json, "clients", trust.clients().stream().map(ClientId::value));
        putSorted(json, "resources", trust.resources().stream().map(ResourceIndicator::value));
        putSorted(json, "required_claims", trust.requiredClaims().stream());
        if (!trust.conditions().isEmpty()) {
            JsonObject.Builder conditions = JsonObject.builder();
            trust.conditions().forEach(condition -> conditions.put(condition.claim(), condition.toJson()));
            json.put("conditions", conditions.build());
        }
        putSorted(json, "attributes", trust.attributes().stream());
        json.put(MAXIMUM_LIFETIME, trust.maximumLifetime().toSeconds());
        for (Leniency leniency : Leniency.values()) {
            if (trust.has(leniency) && leniency != Leniency.ALLOW_UNAUTHENTICATED_CLIENT) {
                json.put(member(leniency), true);
            }
        }
        trust.unauthenticatedClient().ifPresent(client -> json.put(UNAUTHENTICATED, client.value()));
        if (trust.isAccountRequired()) {
            json.put("require_account", true);
        }
        if (trust.hasSoftwareStatements()) {
            json.put("software_statements", true);
        }
        if (!trust.isEnabled()) {
            json.put("enabled", false);
        }
        return json.build();
    }

    private static void putSorted(JsonObject.Builder json, String name, Stream<String> values) {
        List<String> sorted = values.sorted().toList();
        if (!sorted.isEmpty()) {
            json.put(name, sorted);
        }
    }
}

package dev.signet.app.config;

import dev.signet.authorizationserver.claims.ClaimMapping;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.ProtectedResources;
import dev.signet.authorizationserver.registry.TokenFormat;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.jwt.key.JwsAlgorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code resources}: the APIs that tokens are issued for (RFC 8707, RFC 9068 §3). */
final class ResourceReader {

    private static final Set<String> KEYS = Set.of(
            "resource",
            "scopes",
            "scope_required",
            "default",
            "enabled",
            "token_lifetime",
            "token_format",
            "encryption",
            "signing_algorithm",
            "name");

    private static final String SCOPE = "a scope: visible ASCII without space";

    private static final Map<String, String> NAMES = Map.of(
            "token lifetime",
            "token_lifetime",
            "signing algorithm",
            "signing_algorithm",
            "scope descriptions",
            "scopes");

    private final TokenFormatReader formats;
    private final ClaimsReader claims = new ClaimsReader();

    /** Keys that are files are looked for there. */
    ResourceReader(NamedFile files) {
        this.formats = new TokenFormatReader(files);
    }

    Optional<ProtectedResources> read(Section top) {
        int faultsBefore = top.faultCount();
        if (!top.has("resources")) {
            top.required("resources", "a list of the APIs that tokens are for", text -> text);
            return Optional.empty();
        }
        List<ProtectedResource> resources = new ArrayList<>();
        for (Section section : top.sections("resources")) {
            resource(section, AccessTokensReader.namesPairwiseKey(top)).ifPresent(resources::add);
        }
        if (top.faultCount() > faultsBefore) {
            return Optional.empty();
        }
        try {
            return Optional.of(ProtectedResources.of(resources));
        } catch (IllegalArgumentException e) {
            for (String fault : String.valueOf(e.getMessage())
                    .replaceFirst("^resources: ", "")
                    .split("; ", -1)) {
                top.fault("resources", fault);
            }
            return Optional.empty();
        }
    }

    private static boolean isPairwise(Section section, boolean pairwiseKey) {
        boolean pairwise = section.value("subject", "public or pairwise", ResourceReader::isPairwise)
                .orElse(false);
        if (pairwise && !pairwiseKey) {
            section.fault(
                    "subject", "is pairwise, though access_tokens has neither pairwise_key nor pairwise_key_file");
        }
        return pairwise;
    }

    private static boolean isPairwise(String text) {
        return switch (text) {
            case "public" -> false;
            case "pairwise" -> true;
            default -> throw new IllegalArgumentException();
        };
    }

    private static String scopeToken(String token) {
        Scope.of(token);
        return token;
    }

    /** The scopes with their words for people; empty if there are no words. */
    private static Optional<Map<String, String>> descriptions(Section resource) {
        if (resource.node("scopes").filter(YamlNode.Entries.class::isInstance).isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> descriptions = new LinkedHashMap<>();
        Section scopes = resource.section("scopes").orElseThrow();
        for (String token : scopes.entries().entries().keySet()) {
            Optional<String> words = scopes.value(token, "words of at most 256 characters", text -> text);
            try {
                words.ifPresent(text -> descriptions.put(scopeToken(token), text));
            } catch (IllegalArgumentException e) {
                scopes.fault(token, "expected " + SCOPE);
            }
        }
        scopes.done();
        return Optional.of(descriptions);
    }

    private Optional<ProtectedResource> resource(Section section, boolean pairwiseKey) {
        Optional<ProtectedResource.Builder> builder = section.required(
                        "resource", "an absolute URI without fragment", ResourceIndicator::new)
                .map(ProtectedResource::builder);
        Optional<String> name = section.text("name");
        Optional<Map<String, String>> descriptions = descriptions(section);
        Optional<List<String>> scopes = descriptions.isPresent()
                ? descriptions.map(words -> List.copyOf(words.keySet()))
                : section.values("scopes", SCOPE, ResourceReader::scopeToken);
        Optional<Boolean> scopeRequired = section.flag("scope_required");
        Optional<Boolean> isDefault = section.flag("default");
        Optional<Boolean> enabled = section.flag("enabled");
        var lifetime = section.duration("token_lifetime");
        Optional<TokenFormat> format = formats.read(section);
        Optional<JwsAlgorithm> algorithm =
                section.value("signing_algorithm", SigningReader.EXPECTED, SigningReader::asymmetric);
        ClaimMapping mapping = claims.read(section);
        boolean pairwise = isPairwise(section, pairwiseKey);
        section.done();
        return builder.flatMap(resource -> {
            scopes.map(Scope::of).ifPresent(resource::scope);
            scopeRequired.ifPresent(resource::scopeRequired);
            isDefault.ifPresent(resource::isDefault);
            enabled.ifPresent(resource::enabled);
            name.ifPresent(resource::name);
            descriptions.ifPresent(resource::scopeDescriptions);
            lifetime.ifPresent(resource::tokenLifetime);
            format.ifPresent(resource::tokenFormat);
            algorithm.ifPresent(resource::signingAlgorithm);
            resource.claims(mapping).pairwiseSubject(pairwise);
            try {
                return Optional.of(resource.build());
            } catch (IllegalArgumentException e) {
                String faults = String.valueOf(e.getMessage());
                for (Map.Entry<String, String> words : NAMES.entrySet()) {
                    faults = faults.replace(words.getKey(), words.getValue());
                }
                BuilderFaults.tell(section, faults, KEYS);
                return Optional.empty();
            }
        });
    }
}

package dev.signet.authorizationserver.registry;

import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** How a client sends its authorization requests (RFC 9101 §10.5, RFC 9126 §6, OpenID Connect Registration 1.0 §2). */
final class RequestObjectMetadata implements FeatureMetadata {

    private static final String SIGNED_REQUIRED = "require_signed_request_object";
    private static final String SIGNING = "request_object_signing_alg";
    private static final String ENCRYPTION_ALGORITHM = "request_object_encryption_alg";
    private static final String ENCRYPTION = "request_object_encryption_enc";
    private static final String REQUEST_URIS = "request_uris";
    private static final String PUSHED_REQUIRED = "require_pushed_authorization_requests";
    private static final String TYPE_REQUIRED = "require_request_object_typ";
    private static final String JTI_REQUIRED = "require_request_object_jti";
    private static final String CLAIMS_OPTIONAL = "request_object_claims_optional";
    private static final String MERGE = "oidc_request_merge";
    private static final String APPLICATION_JWT = "allow_request_object_as_application_jwt";
    private static final String UNREGISTERED_REDIRECT_URIS = "par_unregistered_redirect_uris";

    /** What is on or off, with where that is kept. */
    private static final Map<String, Function<RequestObjectSettings, Boolean>> SWITCHES = switches();

    private static Map<String, Function<RequestObjectSettings, Boolean>> switches() {
        Map<String, Function<RequestObjectSettings, Boolean>> switches = new LinkedHashMap<>();
        switches.put(SIGNED_REQUIRED, RequestObjectSettings::isSignedRequired);
        switches.put(PUSHED_REQUIRED, RequestObjectSettings::isPushedRequired);
        switches.put(TYPE_REQUIRED, RequestObjectSettings::isTypeRequired);
        switches.put(JTI_REQUIRED, RequestObjectSettings::isJwtIdRequired);
        switches.put(CLAIMS_OPTIONAL, RequestObjectSettings::areClaimsOptional);
        switches.put(MERGE, RequestObjectSettings::isMerged);
        switches.put(APPLICATION_JWT, RequestObjectSettings::allowsApplicationJwt);
        switches.put(UNREGISTERED_REDIRECT_URIS, RequestObjectSettings::allowsUnregisteredRedirectUris);
        return Collections.unmodifiableMap(switches);
    }

    @Override
    public Set<String> members() {
        Set<String> members = new TreeSet<>(SWITCHES.keySet());
        members.addAll(List.of(SIGNING, ENCRYPTION_ALGORITHM, ENCRYPTION, REQUEST_URIS));
        return members;
    }

    /** What tightens. The others are leniencies, or have the server fetch what the client hosts. */
    @Override
    public Set<String> registrable() {
        return Set.of(
                SIGNED_REQUIRED,
                PUSHED_REQUIRED,
                TYPE_REQUIRED,
                JTI_REQUIRED,
                SIGNING,
                ENCRYPTION_ALGORITHM,
                ENCRYPTION);
    }

    @Override
    public void read(MemberReader metadata, RegisteredClient.Builder client) {
        RequestObjectSettings.Builder settings = RequestObjectSettings.builder();
        metadata.flag(SIGNED_REQUIRED, settings::requireSigned);
        metadata.flag(PUSHED_REQUIRED, settings::requirePushed);
        metadata.flag(TYPE_REQUIRED, settings::requireType);
        metadata.flag(JTI_REQUIRED, settings::requireJwtId);
        metadata.flag(CLAIMS_OPTIONAL, settings::claimsOptional);
        metadata.flag(MERGE, settings::merge);
        metadata.flag(APPLICATION_JWT, settings::allowApplicationJwt);
        metadata.flag(UNREGISTERED_REDIRECT_URIS, settings::allowUnregisteredRedirectUris);
        metadata.text(SIGNING, name -> settings.signingAlgorithm(signing(name)));
        metadata.read(ENCRYPTION_ALGORITHM, () -> encryption(metadata).ifPresent(settings::encryption));
        metadata.texts(
                REQUEST_URIS,
                uris -> settings.requestUris(
                        uris.stream().map(RequestObjectMetadata::requestUri).toList()));
        client.requestObjects(settings.build());
    }

    private static JwsAlgorithm signing(String name) {
        return JwsAlgorithm.find(name)
                .filter(algorithm -> !algorithm.isMac())
                .orElseThrow(
                        () -> new IllegalArgumentException("is not supported: expected the algorithm of a signature"));
    }

    private static Optional<AgreedEncryption> encryption(MemberReader metadata) {
        Optional<String> algorithm = metadata.findText(ENCRYPTION_ALGORITHM);
        if (algorithm.isEmpty() && metadata.has(ENCRYPTION)) {
            throw new IllegalArgumentException("is missing, though " + ENCRYPTION + " is given");
        }
        return algorithm.map(name ->
                new AgreedEncryption(name, metadata.findText(ENCRYPTION).orElse(AgreedEncryption.DEFAULT_ENCRYPTION)));
    }

    /** Plain http is left for the outgoing connections to refuse, which know the hosts it is allowed for. */
    private static URI requestUri(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("one is no URI", malformed);
        }
        boolean isWeb = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!isWeb || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("one is no https URL without user");
        }
        if (text.length() > RequestObjectSettings.LONGEST_REQUEST_URI
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("one has more than " + RequestObjectSettings.LONGEST_REQUEST_URI
                    + " characters, or others than ASCII");
        }
        return uri;
    }

    @Override
    public void write(RegisteredClient client, JsonObject.Builder json) {
        RequestObjectSettings settings = client.requestObjects();
        SWITCHES.forEach((name, value) -> {
            if (value.apply(settings)) {
                json.put(name, true);
            }
        });
        settings.signingAlgorithm().ifPresent(algorithm -> json.put(SIGNING, algorithm.joseName()));
        settings.encryption()
                .ifPresent(encrypted ->
                        json.put(ENCRYPTION_ALGORITHM, encrypted.algorithm()).put(ENCRYPTION, encrypted.encryption()));
        if (!settings.requestUris().isEmpty()) {
            json.put(
                    REQUEST_URIS,
                    settings.requestUris().stream().map(URI::toString).toList());
        }
    }

    @Override
    public void check(RegisteredClient.Builder client, ClientAuthenticationMethod method, List<String> faults) {
        RequestObjectSettings settings = client.requestObjects;
        boolean signs = settings.isSignedRequired()
                || settings.signingAlgorithm().isPresent()
                || settings.encryption().isPresent()
                || !settings.requestUris().isEmpty();
        boolean hasKeys = client.jwks != null || client.jwksUri != null || KeysMetadata.areAtFault(client);
        if (signs && !hasKeys) {
            faults.add("jwks or jwks_uri is missing, though request objects are to be signed");
        }
        if (settings.requestUris().size() > RequestObjectSettings.MOST_REQUEST_URIS) {
            faults.add(REQUEST_URIS + " must be at most " + RequestObjectSettings.MOST_REQUEST_URIS);
        }
        if (settings.allowsApplicationJwt() && settings.requestUris().isEmpty() && !client.isAtFault(REQUEST_URIS)) {
            faults.add(APPLICATION_JWT + " is given without " + REQUEST_URIS);
        }
        if (settings.isMerged() && (settings.isSignedRequired() || settings.isPushedRequired())) {
            faults.add(
                    MERGE + " is given beside " + SIGNED_REQUIRED + " or " + PUSHED_REQUIRED + ", which it would undo");
        }
        if (settings.allowsUnregisteredRedirectUris() && method == ClientAuthenticationMethod.NONE) {
            faults.add(UNREGISTERED_REDIRECT_URIS + " is for clients that authenticate");
        }
    }
}

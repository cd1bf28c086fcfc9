package dev.signet.authorizationserver.registry;

import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a client needs for the authorization endpoint (RFC 6749 §3.1.2, RFC 7591 §2). */
final class AuthorizationMetadata implements FeatureMetadata {

    private static final String CLIENT_NAME = "client_name";
    private static final String REDIRECT_URIS = "redirect_uris";
    private static final String RESPONSE_TYPES = "response_types";
    private static final String APPLICATION_TYPE = "application_type";
    private static final String PKCE_OPTIONAL = "pkce_optional";
    private static final String REDIRECT_URI_OPTIONAL = "redirect_uri_may_be_omitted";
    private static final String ERRORS_WITHOUT_LOGIN = "allow_errors_without_login";

    /** Some scripts, and emoji, are not written right without them. */
    private static final String JOINERS = "\u200C\u200D";

    private static final Set<String> LINKS =
            Stream.of(ClientLink.values()).map(ClientLink::wireName).collect(Collectors.toUnmodifiableSet());

    /** {@code code} is the only one there is (D-30), so that nothing is kept of it. */
    private static final Set<String> CODE = Set.of("code");

    @Override
    public Set<String> members() {
        return union(registrable(), Set.of(PKCE_OPTIONAL, REDIRECT_URI_OPTIONAL, ERRORS_WITHOUT_LOGIN));
    }

    /** The others are leniencies. */
    @Override
    public Set<String> registrable() {
        return union(LINKS, Set.of(CLIENT_NAME, REDIRECT_URIS, RESPONSE_TYPES, APPLICATION_TYPE));
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        return Stream.of(some, others).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void read(MemberReader metadata, RegisteredClient.Builder client) {
        AuthorizationSettings.Builder settings = AuthorizationSettings.builder();
        metadata.text(CLIENT_NAME, settings::clientName);
        for (ClientLink link : ClientLink.values()) {
            metadata.uri(link.wireName(), address -> settings.link(link, address));
        }
        metadata.texts(REDIRECT_URIS, uris -> settings.redirectUris(redirectUris(uris)));
        metadata.texts(RESPONSE_TYPES, AuthorizationMetadata::requireCode);
        metadata.text(APPLICATION_TYPE, type -> settings.applicationType(type(type)));
        metadata.flag(PKCE_OPTIONAL, settings::pkceOptional);
        metadata.flag(REDIRECT_URI_OPTIONAL, settings::redirectUriMayBeOmitted);
        metadata.flag(ERRORS_WITHOUT_LOGIN, settings::allowErrorsWithoutLogin);
        client.authorization(settings.build());
    }

    private static List<RedirectUri> redirectUris(List<String> texts) {
        if (new HashSet<>(texts).size() < texts.size()) {
            throw new IllegalArgumentException("one is named twice");
        }
        return texts.stream().map(RedirectUri::new).toList();
    }

    private static void requireCode(List<String> types) {
        if (!CODE.containsAll(types)) {
            throw new IllegalArgumentException("has an unsupported value: expected code");
        }
    }

    private static ApplicationType type(String text) {
        return ApplicationType.find(text)
                .orElseThrow(() -> new IllegalArgumentException("has an unsupported value: expected web or native"));
    }

    @Override
    public void write(RegisteredClient client, JsonObject.Builder json) {
        AuthorizationSettings settings = client.authorization();
        settings.clientName().ifPresent(name -> json.put(CLIENT_NAME, name));
        settings.links().forEach((link, address) -> json.put(link.wireName(), address.toString()));
        if (!settings.redirectUris().isEmpty()) {
            json.put(
                    REDIRECT_URIS,
                    settings.redirectUris().stream().map(RedirectUri::value).toList());
        }
        if (settings.applicationType() != ApplicationType.WEB) {
            json.put(APPLICATION_TYPE, settings.applicationType().wireName());
        }
        if (settings.isPkceOptional()) {
            json.put(PKCE_OPTIONAL, true);
        }
        if (settings.isRedirectUriOptional()) {
            json.put(REDIRECT_URI_OPTIONAL, true);
        }
        if (settings.allowsErrorsWithoutLogin()) {
            json.put(ERRORS_WITHOUT_LOGIN, true);
        }
    }

    @Override
    public void check(RegisteredClient.Builder client, ClientAuthenticationMethod method, List<String> faults) {
        AuthorizationSettings settings = client.authorization;
        Set<RedirectUri> uris = settings.redirectUris();
        if (settings.clientName().filter(name -> !isName(name)).isPresent()) {
            faults.add(CLIENT_NAME + " must have 1 to " + AuthorizationSettings.LONGEST_CLIENT_NAME
                    + " characters, none of them invisible");
        }
        settings.links().forEach((link, address) -> {
            if (!ClientLink.permits(address)) {
                faults.add(link.wireName() + " must be an https URL without user");
            }
        });
        if (uris.isEmpty()
                && client.grantTypes.contains(GrantType.AUTHORIZATION_CODE)
                && !client.isAtFault(REDIRECT_URIS)) {
            faults.add(REDIRECT_URIS + " is missing, though grant_types has " + GrantType.AUTHORIZATION_CODE);
        }
        if (uris.size() > AuthorizationSettings.MOST_REDIRECT_URIS) {
            faults.add(REDIRECT_URIS + " must be at most " + AuthorizationSettings.MOST_REDIRECT_URIS);
        }
        if (settings.applicationType() == ApplicationType.WEB
                && !client.isAtFault(APPLICATION_TYPE)
                && uris.stream().anyMatch(uri -> uri.isLoopback() || uri.isPrivateScheme())) {
            faults.add(REDIRECT_URIS
                    + " must use https: others are for a client that runs on the machine of its user and says "
                    + "so by " + APPLICATION_TYPE);
        }
        if (settings.isPkceOptional() && method == ClientAuthenticationMethod.NONE) {
            faults.add(PKCE_OPTIONAL + " is for clients that authenticate");
        }
        if (settings.isRedirectUriOptional() && uris.size() != 1 && !client.isAtFault(REDIRECT_URIS)) {
            faults.add(REDIRECT_URI_OPTIONAL + " is for clients with one redirect URI");
        }
    }

    /** People read it on a page that asks them something: what turns the text around it, or is not to be seen, has no place there. */
    private static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= AuthorizationSettings.LONGEST_CLIENT_NAME
                && text.codePoints().noneMatch(AuthorizationMetadata::isInvisible);
    }

    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> JOINERS.indexOf(character) < 0;
            default -> false;
        };
    }
}

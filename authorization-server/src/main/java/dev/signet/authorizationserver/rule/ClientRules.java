package dev.signet.authorizationserver.rule;

import dev.signet.authorizationserver.registry.AuthorizationSettings;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.ClientId;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ParameterName;
import dev.signet.core.token.GrantType;
import java.util.Optional;

/** The rules about who asks, and where the answer goes. */
final class ClientRules {

    private ClientRules() {}

    static void requireClient(Draft draft) {
        RegisteredClient client = ClientId.find(draft.sentParameters.require(ParameterName.CLIENT_ID))
                .flatMap(draft.clients::find)
                .orElseThrow(() -> unusable(RefusalReason.CLIENT_UNKNOWN, "no client has that client_id"));
        if (!client.isEnabled()) {
            throw unusable(RefusalReason.CLIENT_DISABLED, "the client is not enabled");
        }
        draft.of(client);
    }

    private static OAuthException unusable(RefusalReason reason, String detail) {
        return OAuthException.invalidRequest("The client is unknown, or not served at present", reason, detail);
    }

    static void requireRedirectUri(Draft draft) {
        AuthorizationSettings settings = draft.client().authorization();
        Optional<String> asked = draft.parameters().single(ParameterName.REDIRECT_URI);
        if (asked.isEmpty() && settings.isRedirectUriOptional() && !draft.asksForOpenId()) {
            draft.answeredAt(settings.redirectUris().iterator().next());
            draft.usedLeniency("redirectUriMayBeOmitted");
            return;
        }
        RedirectUri uri = RedirectUri.find(draft.parameters().require(ParameterName.REDIRECT_URI))
                .filter(found -> settings.permits(found) || mayBeUnregistered(draft, found))
                .orElseThrow(() -> OAuthException.invalidRequest(
                        "redirect_uri is not one of those the client is registered with",
                        RefusalReason.REDIRECT_URI_UNREGISTERED,
                        "redirect_uri is none of the client's"));
        draft.answeredAt(uri);
        if (!settings.permits(uri)) {
            draft.usedLeniency("parUnregisteredRedirectUris");
        }
    }

    /** The client itself has said where it is, and has proven that it is the client (RFC 9126 §2.4). */
    private static boolean mayBeUnregistered(Draft draft, RedirectUri uri) {
        return draft.isPushed()
                && draft.client().requestObjects().allowsUnregisteredRedirectUris()
                && !uri.isLoopback()
                && !uri.isPrivateScheme();
    }

    static void requireCodeGrant(Draft draft) {
        if (!draft.client().grantTypes().contains(GrantType.AUTHORIZATION_CODE)) {
            throw OAuthException.of(
                    ErrorCode.UNAUTHORIZED_CLIENT,
                    "The client may not use this grant",
                    RefusalReason.GRANT_TYPE_NOT_ALLOWED,
                    "the client is not registered for the grant");
        }
    }
}

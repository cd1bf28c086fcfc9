package dev.signet.client;

import dev.signet.core.Issuer;
import dev.signet.core.authorization.CodeVerifier;
import dev.signet.core.authorization.RedirectUri;

/**
 * A code with what it has to be sent with (RFC 6749 §4.1.3, RFC 7636 §4.5). It goes to the server that was asked, and to no other
 * (RFC 9700 §4.4.2).
 *
 * @param issuer who was asked
 * @param value the code; a secret
 * @param verifier what the challenge of the authorization request was made from; a secret
 * @param redirectUri that of the authorization request
 */
public record AuthorizationCode(Issuer issuer, String value, CodeVerifier verifier, RedirectUri redirectUri) {

    /** Whose it is, and nothing of it. */
    @Override
    public String toString() {
        return "AuthorizationCode of " + issuer;
    }
}

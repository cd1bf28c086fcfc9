package dev.signet.app.login;

import dev.signet.client.authorization.AuthorizationRequest;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.metadata.RequestObjectSupport;
import dev.signet.jwt.key.SigningKey;
import java.util.Optional;

/**
 * How the request of a sign-in gets to the server: nobody changes under way what is signed (RFC 9101), nobody sees what is pushed (RFC
 * 9126).
 *
 * @param key to sign with, if it is signed
 * @param pushed whether it is pushed
 */
public record RequestStrength(Optional<SigningKey> key, boolean pushed) {

    /** As it is, unless the server demands more. */
    public static RequestStrength plain() {
        return new RequestStrength(Optional.empty(), false);
    }

    /** The strongest that the server offers to who has no key. */
    public static RequestStrength strongest(AuthorizationServerMetadata server) {
        return new RequestStrength(
                Optional.empty(), server.pushedAuthorizationRequestEndpoint().isPresent());
    }

    /** The strongest that the server offers to who has that key. */
    public static RequestStrength strongest(AuthorizationServerMetadata server, SigningKey key) {
        Optional<SigningKey> taken = isTaken(server.requestObjects(), key) ? Optional.of(key) : Optional.empty();
        return new RequestStrength(taken, strongest(server).pushed());
    }

    private static boolean isTaken(RequestObjectSupport support, SigningKey key) {
        boolean fits = support.signingAlgValuesSupported().isEmpty()
                || support.signingAlgValuesSupported().contains(key.algorithm().joseName());
        // Where it is demanded, the request says why it can't be made.
        return support.requireSignedRequestObject() || (support.requestParameterSupported() && fits);
    }

    /** Has the request made like this. */
    public void apply(AuthorizationRequest.Builder request) {
        key.ifPresent(request::signed);
        if (pushed) {
            request.pushed();
        }
    }

    /** In words. */
    @Override
    public String toString() {
        if (key.isPresent()) {
            return pushed ? "signed and pushed" : "signed";
        }
        return pushed ? "pushed" : "neither signed nor pushed";
    }
}

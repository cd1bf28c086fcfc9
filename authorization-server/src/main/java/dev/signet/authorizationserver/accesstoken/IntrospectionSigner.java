package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.registry.AgreedEncryption;
import dev.signet.authorizationserver.registry.ClientKeys;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.Issuer;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.introspection.IntrospectionJwt;
import dev.signet.jwt.JwtEncrypter;
import dev.signet.jwt.key.JwsAlgorithm;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes a JWT of what is said about a token (RFC 9701 §5): signed, and encrypted after that where the client registered so. The
 * one who asked is its audience. Thread-safe.
 */
public final class IntrospectionSigner {

    private final Issuer issuer;
    private final SigningKeys keys;
    private final ClientKeys clientKeys;

    /**
     * Answers in the name of an issuer.
     *
     * @param clientKeys the keys to encrypt with
     */
    public IntrospectionSigner(Issuer issuer, SigningKeys keys, ClientKeys clientKeys) {
        this.issuer = issuer;
        this.keys = keys;
        this.clientKeys = clientKeys;
    }

    /**
     * The JWT.
     *
     * @throws OAuthException {@code server_error} if it can't be made as the client was registered
     * @throws dev.signet.outbound.KeysUnavailableException if the key of the client can't be had
     */
    public String sign(RegisteredClient client, IntrospectionAnswer answer, Instant now) {
        TokenSigner signer = signer(client, now);
        String signed = signer.signAnswer(IntrospectionJwt.claims(issuer, client.clientId(), now, answer.toJson()));
        Optional<AgreedEncryption> encryption = client.introspectionEncryption();
        return encryption.isPresent() ? encrypter(client, encryption.get()).encrypt(signed) : signed;
    }

    private TokenSigner signer(RegisteredClient client, Instant now) {
        Optional<JwsAlgorithm> registered = client.introspectionSigningAlgorithm();
        if (registered.isEmpty()) {
            return keys.signer(unlessRegistered(), now);
        }
        return registered
                .filter(keys.algorithms()::contains)
                .map(algorithm -> keys.signer(algorithm, now))
                // While the first key of an algorithm is only published, another signs in its place.
                .filter(signer -> signer.algorithm() == registered.get())
                .orElseThrow(() ->
                        impossible("the server has no key for the introspection_signed_response_alg of the client"));
    }

    /** RFC 9701 §6 has RS256 for a default; who has no key for it signs as it signs everything (D-41). */
    private JwsAlgorithm unlessRegistered() {
        return keys.algorithms().contains(JwsAlgorithm.RS256)
                ? JwsAlgorithm.RS256
                : keys.algorithms().get(0);
    }

    private JwtEncrypter encrypter(RegisteredClient client, AgreedEncryption wanted) {
        return clientKeys.encryptionKeys(client, wanted.algorithm()).stream()
                .findFirst()
                .map(key -> JwtEncrypter.of(key, wanted.encryption()))
                .orElseThrow(() ->
                        impossible("the client has no key for its introspection_encrypted_response_alg any more"));
    }

    private static OAuthException impossible(String detail) {
        return OAuthException.of(
                ErrorCode.SERVER_ERROR, "The server failed", RefusalReason.INTROSPECTION_FORM_IMPOSSIBLE, detail);
    }
}

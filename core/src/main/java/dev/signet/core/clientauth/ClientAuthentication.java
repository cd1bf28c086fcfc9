package dev.signet.core.clientauth;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.http.BasicCredentials;
import dev.signet.core.http.ParameterName;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.SignerKey;
import dev.signet.jwt.key.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one client authenticates, with the key or secret it does so with (RFC 6749 §2.3, RFC 7523 §2.2, OpenID Connect
 * Core §9). It has one method, so no request ever carries two. Immutable and thread-safe.
 *
 * <pre>{@code
 * ClientAuthentication authentication = ClientAuthentication.privateKeyJwt(new ClientId("reporter"), signingKey);
 * }</pre>
 */
public final class ClientAuthentication {

    /** How long a client assertion lives; it is made for one request and used at once. */
    public static final Duration ASSERTION_LIFETIME = Duration.ofSeconds(60);

    private final @Nullable ClientId clientId;
    private final ClientAuthenticationMethod method;
    private final Proof proof;

    private ClientAuthentication(@Nullable ClientId clientId, ClientAuthenticationMethod method, Proof proof) {
        this.clientId = clientId;
        this.method = method;
        this.proof = proof;
    }

    /**
     * {@code private_key_jwt}: an assertion signed with the client's key, whose public half the server knows.
     *
     * @param key a private key, in this program or elsewhere: {@link SigningKey}, {@link SignerKey#of}
     */
    public static ClientAuthentication privateKeyJwt(ClientId clientId, SignerKey key) {
        if (key.algorithm().isMac()) {
            throw new IllegalArgumentException("key is a shared secret, which is for client_secret_jwt");
        }
        return new ClientAuthentication(
                clientId, ClientAuthenticationMethod.PRIVATE_KEY_JWT, assertions(clientId, key));
    }

    /**
     * {@code client_secret_jwt}: an assertion with a MAC; the secret itself is not sent.
     *
     * @param algorithm one of the HS algorithms; the secret must have at least as many octets as its hash
     */
    public static ClientAuthentication clientSecretJwt(ClientId clientId, String secret, JwsAlgorithm algorithm) {
        return new ClientAuthentication(
                clientId,
                ClientAuthenticationMethod.CLIENT_SECRET_JWT,
                assertions(clientId, MacKey.ofSecret(secret, algorithm)));
    }

    /**
     * A JWT of somebody else, whom the server trusts to say who this client is: the platform that the client runs on. It is
     * sent as it is, as a client assertion (RFC 7521 §4.2, RFC 7523 §2.2) with the {@code client_id} beside it, for the
     * subject of such a JWT may be another name.
     *
     * @param assertions gives the JWT for each request, as a file that the platform renews does; thread-safe. If it throws,
     *     or gives what is no JWT in compact serialization, {@link #credentials} throws
     */
    public static ClientAuthentication federated(ClientId clientId, Supplier<String> assertions) {
        return new ClientAuthentication(clientId, ClientAuthenticationMethod.PRIVATE_KEY_JWT, (audience, now, ids) -> {
            String assertion = assertions.get();
            if (!UnverifiedJwt.isCompact(assertion)) {
                throw new IllegalStateException("the federated assertion is not one JWT in compact serialization");
            }
            return assertion(clientId, assertion);
        });
    }

    /** {@code client_secret_basic}: the secret in the {@code Authorization} header. */
    public static ClientAuthentication clientSecretBasic(ClientId clientId, String secret) {
        requireSecret(secret);
        RequestCredentials credentials = RequestCredentials.header(BasicCredentials.encode(clientId, secret));
        return new ClientAuthentication(
                clientId, ClientAuthenticationMethod.CLIENT_SECRET_BASIC, (audience, now, ids) -> credentials);
    }

    /** {@code client_secret_post}: the secret in the form. */
    public static ClientAuthentication clientSecretPost(ClientId clientId, String secret) {
        requireSecret(secret);
        RequestCredentials credentials = RequestCredentials.form(List.of(
                Map.entry(ParameterName.CLIENT_ID, clientId.value()), Map.entry(ParameterName.CLIENT_SECRET, secret)));
        return new ClientAuthentication(
                clientId, ClientAuthenticationMethod.CLIENT_SECRET_POST, (audience, now, ids) -> credentials);
    }

    /** {@code none}: the client only says who it is. */
    public static ClientAuthentication none(ClientId clientId) {
        RequestCredentials credentials =
                RequestCredentials.form(List.of(Map.entry(ParameterName.CLIENT_ID, clientId.value())));
        return new ClientAuthentication(clientId, ClientAuthenticationMethod.NONE, (audience, now, ids) -> credentials);
    }

    /**
     * Nothing at all: who presents an assertion for a token, and is no registered client, need not say who it is where the
     * server lets the issuer's word be enough (RFC 7521 §4.1, RFC 7523 §2.1).
     */
    public static ClientAuthentication anonymous() {
        RequestCredentials nothing = RequestCredentials.form(List.of());
        return new ClientAuthentication(null, ClientAuthenticationMethod.NONE, (audience, now, ids) -> nothing);
    }

    private static Proof assertions(ClientId clientId, SignerKey key) {
        JwtSigner signer = JwtSigner.of(key, ClientAssertion.TYPE);
        return (audience, now, ids) -> {
            String assertion =
                    signer.sign(ClientAssertion.claims(clientId, audience, ids.get(), now, ASSERTION_LIFETIME));
            return assertion(clientId, assertion);
        };
    }

    /** The {@code client_id}, which may be there (RFC 7521 §4.2), is sent because there are servers that demand it. */
    private static RequestCredentials assertion(ClientId clientId, String assertion) {
        return RequestCredentials.form(List.of(
                Map.entry(ParameterName.CLIENT_ID, clientId.value()),
                Map.entry(ParameterName.CLIENT_ASSERTION_TYPE, ClientAssertion.ASSERTION_TYPE),
                Map.entry(ParameterName.CLIENT_ASSERTION, assertion)));
    }

    private static void requireSecret(String secret) {
        if (secret.isEmpty() || secret.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("secret must not be empty or hold a control character");
        }
    }

    /** The client; empty if it is {@link #anonymous}. */
    public Optional<ClientId> clientId() {
        return Optional.ofNullable(clientId);
    }

    /** The method. */
    public ClientAuthenticationMethod method() {
        return method;
    }

    /**
     * The credentials for one request; an assertion is made anew at every call and is good for 60 seconds.
     *
     * @param audience the issuer identifier that the server's validated metadata carries: the sole audience of an
     *     assertion, whatever endpoint it is sent to
     * @param ids where the {@code jti} of an assertion comes from: one that was never given before, and not to be guessed
     */
    public RequestCredentials credentials(Issuer audience, Instant now, Supplier<JwtId> ids) {
        return proof.credentials(audience, now, ids);
    }

    /** Client and method only. */
    @Override
    public String toString() {
        return method.wireName() + " of " + (clientId == null ? "nobody" : clientId);
    }

    /** What differs between the methods. */
    private interface Proof {
        RequestCredentials credentials(Issuer audience, Instant now, Supplier<JwtId> ids);
    }
}

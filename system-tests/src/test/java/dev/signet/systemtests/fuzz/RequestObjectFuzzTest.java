package dev.signet.systemtests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.registry.AuthorizationSettings;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.resourceowner.Decision;
import dev.signet.authorizationserver.rule.ApprovableRequest;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.authorization.Authentication;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.JwtEncrypter;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.ServerFixture;
import dev.signet.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

class RequestObjectFuzzTest {

    private static final ClientId SIGNER = new ClientId("signer");
    private static final String CALLBACK = "https://signer.example.com/callback";
    private static final DecryptionKey DECRYPTION =
            DecryptionKey.generate("ECDH-ES", CryptoProvider.jdk(), new SecureRandom());
    private static final JwtEncrypter ENCRYPTER =
            JwtEncrypter.of(EncryptionKey.fromJwk(DECRYPTION.toJwk(), "ECDH-ES"), "A128GCM");
    private static final JwtSigner CLIENT = JwtSigner.of(FixedKeys.client(), RequestObject.TYPE);
    private static final JwtSigner STRANGER = JwtSigner.of(FixedKeys.stranger(), RequestObject.TYPE);

    /** Few enough that what servers keep in memory does not add up. */
    private static final int REQUESTS_PER_SERVER = 2_000;

    private final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
    private ServerFixture fixture = fixture();
    private int requests;

    private ServerFixture fixture() {
        return ServerFixture.withResourceOwner(
                        question -> new Decision.Approved(
                                "alice",
                                Authentication.byPassword(TestClock.START),
                                question.proposal()
                                        .map(ApprovableRequest::scope)
                                        .orElse(Scope.empty())),
                        builder -> builder.decryptionKeys(List.of(DECRYPTION)).listener(event -> {
                            if (event instanceof ServerEvent.RequestFailed failed) {
                                failure.set(Optional.of(failed.cause()));
                            }
                        }))
                .and(RegisteredClient.builder(SIGNER)
                        .authenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                        .jwks(FixedKeys.publicKeys(FixedKeys.client()))
                        .grantTypes(Set.of(GrantType.AUTHORIZATION_CODE))
                        .scope(Scope.of("orders.read"))
                        .authorization(AuthorizationSettings.builder()
                                .redirectUris(List.of(new RedirectUri(CALLBACK)))
                                .build()));
    }

    /** What becomes of the octets is said by the first one. */
    private enum Form {
        AS_IT_IS,
        SIGNED,
        SIGNED_BY_A_STRANGER,
        ENCRYPTED,
        SIGNED_AND_ENCRYPTED;

        static Form of(byte octet) {
            return values()[Math.floorMod(octet - '0', values().length)];
        }

        /** The {@code request}; empty if the octets can't be made one in that way. */
        Optional<String> request(byte[] octets) {
            String text = new String(octets, StandardCharsets.UTF_8);
            try {
                return Optional.of(
                        switch (this) {
                            case AS_IT_IS -> text;
                            case SIGNED -> CLIENT.sign(JsonObject.parse(octets));
                            case SIGNED_BY_A_STRANGER -> STRANGER.sign(JsonObject.parse(octets));
                            case ENCRYPTED ->
                                EncryptionKey.fromJwk(DECRYPTION.toJwk(), "ECDH-ES")
                                        .encrypt("A128GCM", "JWT", octets);
                            case SIGNED_AND_ENCRYPTED -> ENCRYPTER.encrypt(CLIENT.sign(JsonObject.parse(octets)));
                        });
            } catch (JsonException noClaims) {
                return Optional.empty();
            }
        }
    }

    /** Whatever is sent, nothing fails, and a code is sent only for a request that the client signed, and only to the client. */
    @FuzzTest
    void a_request_object_is_refused_or_is_what_its_client_signed(byte[] octets) {
        if (octets.length < 1) {
            return;
        }
        Form form = Form.of(octets[0]);
        Optional<String> request = form.request(Arrays.copyOfRange(octets, 1, octets.length));
        if (request.isEmpty()) {
            return;
        }
        if (++requests % REQUESTS_PER_SERVER == 0) {
            fixture = fixture();
        }
        ProtocolResponse response = fixture.send(ProtocolRequest.builder("POST", "/authorize")
                .form(FormParameters.encode(
                        List.of(Map.entry("client_id", SIGNER.value()), Map.entry("request", request.get()))))
                .build());
        assertThat(failure.get()).isEmpty();
        assertThat(response.status()).isIn(303, 400);
        String location = response.header("Location").orElse("");
        assertThat(response.status() == 303).isEqualTo(!location.isEmpty());
        if (!location.isEmpty()) {
            assertThat(location).startsWith(CALLBACK + "?");
        }
        if (location.contains("?code=") || location.contains("&code=")) {
            requireSigned(request.get());
        }
    }

    private static void requireSigned(String request) {
        try {
            UnverifiedJwt jwt = EncryptedJwt.looksEncrypted(request)
                    ? EncryptedJwt.parse(request)
                            .decrypt(List.of(DECRYPTION), DecryptionKey.ALGORITHMS, EncryptedJwt.ENCRYPTIONS)
                    : UnverifiedJwt.parse(request);
            JsonObject claims = jwt.verify(
                            FixedKeys.publicKeys(FixedKeys.client()),
                            Set.of(FixedKeys.client().algorithm()))
                    .claims();
            assertThat(claims.requireString("client_id")).isEqualTo(SIGNER.value());
            assertThat(claims.requireString("response_type")).isEqualTo("code");
            assertThat(claims.requireString("redirect_uri")).isEqualTo(CALLBACK);
            assertThat(claims.has("request") || claims.has("request_uri")).isFalse();
        } catch (JwtRejected unsigned) {
            throw new AssertionError("a code for what is not signed", unsigned);
        }
    }
}

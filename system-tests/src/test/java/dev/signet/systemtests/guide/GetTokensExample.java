package dev.signet.systemtests.guide;

import dev.signet.client.Failure;
import dev.signet.client.IssuedToken;
import dev.signet.client.OAuthClient;
import dev.signet.client.Outcome;
import dev.signet.client.PushedRequest;
import dev.signet.client.RefreshToken;
import dev.signet.client.SignedAssertions;
import dev.signet.client.TokenFile;
import dev.signet.client.TokenRequest;
import dev.signet.client.TokenSource;
import dev.signet.client.http.AuthorizedHttp;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.Scope;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.Signer;
import dev.signet.jwt.key.SignerKey;
import dev.signet.jwt.key.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;

/** Programs that get tokens, as the guide shows them. */
final class GetTokensExample {

    private final Logger log;

    GetTokensExample(Logger log) {
        this.log = log;
    }

    static Outcome<IssuedToken> twoLines(SigningKey key) {
        OAuthClient client = OAuthClient.of(
                Issuer.of("https://as.example.com"), ClientAuthentication.privateKeyJwt(new ClientId("reporter"), key));
        Outcome<IssuedToken> outcome = client.token(TokenRequest.clientCredentials());
        return outcome;
    }

    static SigningKey jwk(Path file) throws IOException {
        SigningKey key = SigningKey.fromJwk(JsonObject.parse(Files.readString(file)), CryptoProvider.jdk());
        return key;
    }

    static SigningKey pem(Path file) throws IOException {
        SigningKey key = SigningKey.fromPem(Files.readString(file), JwsAlgorithm.ES256, CryptoProvider.jdk());
        return key;
    }

    static SigningKey keyStore(Path file, char[] password) throws Exception {
        KeyStore store = KeyStore.getInstance(file.toFile(), password);
        SigningKey key = SigningKey.fromKeyStore(store, "reporter", password, JwsAlgorithm.ES256, CryptoProvider.jdk());
        return key;
    }

    static SignerKey elsewhere(Signer vault) {
        SignerKey key = SignerKey.of(
                JwsAlgorithm.ES256, "reporter-2026", Signer.ofDer(JwsAlgorithm.ES256, input -> vault.sign(input)));
        return key;
    }

    int report(OAuthClient client, HttpClient http, URI orders) throws InterruptedException {
        try {
            IssuedToken token = client.token(TokenRequest.clientCredentials().withScope(Scope.of("orders.read")))
                    .require();
            HttpRequest request = HttpRequest.newBuilder(orders)
                    .header("Authorization", token.authorization())
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            log.info("{}", response.body());
            return response.statusCode() == 200 ? 0 : 1;
        } catch (IOException e) {
            log.error("no report", e);
            return 1;
        }
    }

    static TokenSource inAPod(OAuthClient client, Path projectedToken) {
        TokenSource tokens = TokenSource.of(
                client, TokenRequest.jwtBearer(TokenFile.at(projectedToken)).withScope(Scope.of("orders.read")));
        return tokens;
    }

    static ClientAuthentication podAsClient(Path projectedToken) {
        ClientAuthentication orders =
                ClientAuthentication.federated(new ClientId("orders-worker"), TokenFile.at(projectedToken));
        return orders;
    }

    static Outcome<IssuedToken> inAJob(OAuthClient client, Map<String, String> environment) {
        Outcome<IssuedToken> outcome = client.token(TokenRequest.jwtBearer(audience -> environment.get("SIGNET_JWT")));
        return outcome;
    }

    static CompletableFuture<HttpResponse<String>> call(TokenSource tokens, HttpRequest request) {
        AuthorizedHttp orders = AuthorizedHttp.builder(HttpClient.newHttpClient(), tokens)
                .origin(URI.create("https://api.example.com"))
                .build();

        return orders.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    static Outcome<IssuedToken> forAPerson(OAuthClient client, SigningKey key) {
        SignedAssertions alice = SignedAssertions.builder()
                .issuer("https://hr.example.com")
                .subject("alice@example.com")
                .key(key)
                .build();
        Outcome<IssuedToken> outcome = client.token(TokenRequest.encryptedJwtBearer(alice));
        return outcome;
    }

    static Outcome<IssuedToken> refresh(OAuthClient client, String kept, Consumer<String> keep) {
        RefreshToken granted = RefreshToken.of(kept, replacement -> keep.accept(replacement));
        Outcome<IssuedToken> outcome = client.token(TokenRequest.refresh(granted));
        return outcome;
    }

    static Outcome<PushedRequest> others(OAuthClient client, String token) throws IOException {
        boolean active = client.introspect(token).require().active();
        if (active) {
            client.revoke(token).require();
        }
        Outcome<PushedRequest> pushed =
                client.push(List.of(Map.entry("response_type", "code"), Map.entry("scope", "orders.read")));
        return pushed;
    }

    void tell(Outcome<IssuedToken> outcome) {
        if (outcome instanceof Outcome.Success<IssuedToken> success) {
            log.info("{}", success.answer());
        } else if (outcome.failure().orElseThrow() instanceof Failure.Unreachable later) {
            log.warn("{}: {}", later.endpoint(), later.detail());
        } else {
            Failure failure = outcome.failure().orElseThrow();
            log.error("{}: {}. {}", failure.endpoint(), failure.detail(), failure.advice());
        }
    }
}

package dev.signet.examples;

import dev.signet.client.IssuedToken;
import dev.signet.client.OAuthClient;
import dev.signet.client.TokenRequest;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.SigningKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs, gets one token with its own key ({@code private_key_jwt}), calls the API once, and ends: with 0, or with 1 and a sentence.
 *
 * <p>{@code CLIENT_KEY} is the file that {@code signet client create --generate-keys --out} wrote.
 */
public final class CronJob {

    private CronJob() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        Surroundings here = Surroundings.ofThisProcess();
        try {
            SigningKey key = SigningKey.fromJwk(
                    JsonObject.parse(Files.readString(Path.of(here.require("CLIENT_KEY")))), CryptoProvider.jdk());
            OAuthClient client =
                    here.client(ClientAuthentication.privateKeyJwt(new ClientId(here.require("CLIENT_ID")), key));
            IssuedToken token = client.token(TokenRequest.clientCredentials().withScope(Scope.of("orders.read")))
                    .require();
            HttpRequest request = HttpRequest.newBuilder(here.api())
                    .header("Authorization", token.authorization())
                    .build();
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            System.out.println(response.statusCode() + " " + response.body());
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}

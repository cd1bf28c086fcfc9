package dev.signet.examples;

import dev.signet.client.IssuedToken;
import dev.signet.client.OAuthClient;
import dev.signet.client.TokenRequest;
import dev.signet.core.Issuer;
import dev.signet.core.Scope;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * A job of GitHub Actions with {@code permissions: {id-token: write}}: the platform makes a JWT about the job for this
 * authorization server, which gives an access token for it. No secret is stored anywhere.
 */
public final class CiJob {

    private CiJob() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        Surroundings here = Surroundings.ofThisProcess();
        HttpClient http = HttpClient.newHttpClient();
        try {
            OAuthClient client = here.client(ClientAuthentication.anonymous());
            IssuedToken token = client.token(TokenRequest.jwtBearer(audience -> aboutThisJob(here, http, audience))
                            .withScope(Scope.of("orders.read")))
                    .require();
            HttpRequest request = HttpRequest.newBuilder(here.api())
                    .header("Authorization", token.authorization())
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            System.out.println(response.statusCode() + " " + response.body());
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** The platform's word for what this job is. Each has a {@code jti} of its own, so each request gets another. */
    private static String aboutThisJob(Surroundings here, HttpClient http, Issuer audience) {
        URI platform = URI.create(here.require("ACTIONS_ID_TOKEN_REQUEST_URL") + "&audience="
                + URLEncoder.encode(audience.value(), StandardCharsets.UTF_8));
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(platform)
                            .header("Authorization", "Bearer " + here.require("ACTIONS_ID_TOKEN_REQUEST_TOKEN"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("the platform answers " + response.statusCode());
            }
            return JsonObject.parse(response.body()).requireString("value");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonException e) {
            throw new IllegalStateException("the platform gave no JWT", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}

package dev.signet.examples;

import dev.signet.client.OAuthClient;
import dev.signet.client.TokenFile;
import dev.signet.client.TokenRequest;
import dev.signet.client.TokenSource;
import dev.signet.client.http.AuthorizedHttp;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.clientauth.ClientAuthentication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/**
 * Runs for months and calls the API for each line it reads. It proves who it is with the JWT that Kubernetes projects into the
 * file {@code PROJECTED_TOKEN} and renews there; nothing of it is secret before that, nor kept.
 */
public final class Pod {

    private Pod() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Surroundings here = Surroundings.ofThisProcess();
        TokenFile projected = TokenFile.at(Path.of(here.require("PROJECTED_TOKEN")));
        OAuthClient client =
                here.client(ClientAuthentication.federated(new ClientId(here.require("CLIENT_ID")), projected));
        TokenSource tokens =
                TokenSource.of(client, TokenRequest.clientCredentials().withScope(Scope.of("orders.read")));
        AuthorizedHttp.Builder http = AuthorizedHttp.builder(HttpClient.newHttpClient(), tokens);
        URI origin = here.api().resolve("/");
        AuthorizedHttp orders =
                (origin.getScheme().equals("https") ? http.origin(origin) : http.insecureOrigin(origin)).build();
        while (System.in.read() >= 0) {
            try {
                HttpResponse<String> response =
                        orders.send(HttpRequest.newBuilder(here.api()).build(), HttpResponse.BodyHandlers.ofString());
                System.out.println(response.statusCode() + " " + response.body());
            } catch (IOException e) {
                // The next line tries again; the token source does not let it ask too often.
                System.out.println("no answer: " + e.getMessage());
            }
        }
    }
}

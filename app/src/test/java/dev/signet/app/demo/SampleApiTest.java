package dev.signet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.testkit.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleApiTest {

    private static final String METADATA = "/.well-known/oauth-protected-resource/orders";

    private final SampleApi api = new SampleApi(AccessTokenValidator.builder()
            .issuer("https://as.example.com")
            .audience("http://localhost:8081/orders")
            .keys(JwkSet.empty())
            .build());

    private ProtocolResponse handle(String method, String path) {
        return api.handle(ProtocolRequest.builder(method, path).build());
    }

    @Test
    @Requirement({"9728-3-01", "9728-3.2-01", "9728-5.1-01"})
    void serves_the_metadata_that_its_challenge_points_to() {
        assertThat(handle("POST", "/orders").header("WWW-Authenticate"))
                .hasValueSatisfying(challenge ->
                        assertThat(challenge).contains("resource_metadata=\"http://localhost:8081" + METADATA + "\""));
        ProtocolResponse metadata = handle("GET", METADATA);
        assertThat(metadata.status()).isEqualTo(200);
        assertThat(JsonObject.parse(metadata.body()).findStrings("authorization_servers"))
                .contains(List.of("https://as.example.com"));
    }

    @Test
    void has_one_method_at_each_place() {
        assertThat(handle("GET", "/orders").header("Allow")).contains("POST");
        assertThat(handle("POST", METADATA).status()).isEqualTo(405);
        assertThat(handle("GET", "/elsewhere").status()).isEqualTo(404);
    }
}

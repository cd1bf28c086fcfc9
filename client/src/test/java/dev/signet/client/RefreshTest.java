package dev.signet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.client.LocalAuthorizationServer.Asked;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.clientauth.ClientAuthentication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 6749 §6, RFC 9700 §4.14.2. */
class RefreshTest {

    private final LocalAuthorizationServer server = new LocalAuthorizationServer();
    private final List<String> kept = new CopyOnWriteArrayList<>();
    private final RefreshToken granted = RefreshToken.of("r0", kept::add);
    private final OAuthClient client = OAuthClient.builder(
                    server.issuer(), ClientAuthentication.none(new ClientId("reporter")))
            .outbound(server.outbound())
            .build();

    @AfterEach
    void stop() {
        server.close();
    }

    private void nextRotatesTo(String refreshToken) {
        server.next(
                200,
                "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":60,\"refresh_token\":\""
                        + refreshToken + "\"}");
    }

    @Test
    void sends_the_token_with_the_scope_that_is_wanted() throws Exception {
        IssuedToken issued = client.token(TokenRequest.refresh(granted).withScope(Scope.of("a")))
                .require();

        assertThat(issued.value()).isEqualTo("token-1");
        Asked asked = server.last();
        assertThat(asked.form().names()).containsExactlyInAnyOrder("grant_type", "refresh_token", "scope", "client_id");
        assertThat(asked.parameter("grant_type")).isEqualTo("refresh_token");
        assertThat(asked.parameter("refresh_token")).isEqualTo("r0");
    }

    @Test
    void goes_on_with_the_replacement_which_is_kept() {
        nextRotatesTo("r1");
        client.token(TokenRequest.refresh(granted));
        client.token(TokenRequest.refresh(granted));
        nextRotatesTo("r1");
        client.token(TokenRequest.refresh(granted));

        assertThat(server.asked().stream().map(asked -> asked.parameter("refresh_token")))
                .containsExactly("r0", "r1", "r1");
        assertThat(kept).containsExactly("r1");
        assertThat(granted.value()).isEqualTo("r1");
    }

    @Test
    void keeps_the_token_when_the_server_refuses_or_fails() {
        server.next(400, "{\"error\":\"invalid_scope\",\"refresh_token\":\"r9\"}");
        assertThat(client.token(TokenRequest.refresh(granted)).failure()).isPresent();
        server.next(503, "{}");
        assertThat(client.token(TokenRequest.refresh(granted)).failure()).isPresent();

        assertThat(granted.value()).isEqualTo("r0");
        assertThat(kept).isEmpty();
    }

    @Test
    void never_uses_one_token_twice_at_a_time() {
        IntStream.rangeClosed(1, 30).forEach(number -> nextRotatesTo("r" + number));
        List<CompletableFuture<Outcome<IssuedToken>>> outcomes = IntStream.range(0, 30)
                .mapToObj(number -> client.tokenAsync(TokenRequest.refresh(granted)))
                .toList();

        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome)
                        .succeedsWithin(Duration.ofSeconds(20))
                        .satisfies(refreshed -> assertThat(refreshed.value()).isPresent()));
        assertThat(server.asked().stream().map(asked -> asked.parameter("refresh_token")))
                .doesNotHaveDuplicates()
                .hasSize(30);
        assertThat(kept).hasSize(30).last().isEqualTo(granted.value());
    }

    @Test
    void is_hidden() {
        TokenRequest request = TokenRequest.refresh(RefreshToken.of("s3cret", kept::add));
        server.next(400, "{\"error\":\"invalid_grant\"}");
        Outcome<IssuedToken> refused = client.token(request);

        assertThat(request.toString() + refused + TokenSource.of(client, request))
                .doesNotContain("s3cret");
        assertThat(refused.failure().orElseThrow().advice()).contains("refresh token");
        assertThatIllegalArgumentException().isThrownBy(() -> RefreshToken.of("", kept::add));
    }
}

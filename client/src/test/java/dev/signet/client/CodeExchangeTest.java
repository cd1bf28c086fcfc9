package dev.signet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.client.LocalAuthorizationServer.Asked;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.CodeVerifier;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** RFC 6749 §4.1.3, §6. */
class CodeExchangeTest {

    private static final RedirectUri REDIRECT_URI = new RedirectUri("https://shop.example.com/callback?as=1");
    private static final CodeVerifier VERIFIER = new CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    private static final Duration LIFETIME = Duration.ofSeconds(600);

    private final LocalAuthorizationServer server = new LocalAuthorizationServer();
    private final TestClock clock = new TestClock();
    private final List<String> kept = new ArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private OAuthClient client(ClientAuthentication authentication) {
        return OAuthClient.builder(server.issuer(), authentication)
                .outbound(server.outbound())
                .clock(clock)
                .build();
    }

    private OAuthClient client() {
        return client(ClientAuthentication.none(new ClientId("shop")));
    }

    private TokenRequest request() {
        return TokenRequest.authorizationCode(
                        new AuthorizationCode(server.issuer(), "c0de", VERIFIER, REDIRECT_URI), kept::add)
                .withScope(Scope.of("a", "b"))
                .withResource(new ResourceIndicator("https://api.example.com/orders"));
    }

    private void nextIssues(String refreshToken) {
        server.next(
                200,
                "{\"access_token\":\"with-" + refreshToken
                        + "\",\"token_type\":\"Bearer\",\"expires_in\":600,\"scope\":\"a\",\"refresh_token\":\""
                        + refreshToken + "\"}");
    }

    @Nested
    class Of_the_code {

        @Test
        @Requirement({"6749-4.1.3-02", "6749-4.1.3-03"})
        void sends_what_the_authorization_request_had_and_who_asks() throws Exception {
            IssuedToken issued = client().token(request()).require();

            Asked asked = server.last();
            assertThat(asked.form().names())
                    .containsExactlyInAnyOrder(
                            "grant_type", "code", "redirect_uri", "code_verifier", "resource", "client_id");
            assertThat(asked.parameter("grant_type")).isEqualTo("authorization_code");
            assertThat(asked.parameter("code")).isEqualTo("c0de");
            assertThat(asked.parameter("redirect_uri")).isEqualTo(REDIRECT_URI.value());
            assertThat(asked.parameter("code_verifier")).isEqualTo(VERIFIER.value());
            assertThat(asked.parameter("resource")).isEqualTo("https://api.example.com/orders");
            assertThat(asked.parameter("client_id")).isEqualTo("shop");
            assertThat(issued.scope()).isEqualTo(Scope.of("a", "b"));
            assertThat(kept).isEmpty();
        }

        @Test
        @Requirement("6749-4.1.3-03")
        void says_who_asks_by_the_credentials_of_a_client_that_has_some() {
            client(ClientAuthentication.clientSecretBasic(new ClientId("shop"), "s3cret"))
                    .token(request());

            assertThat(server.last().form().names()).doesNotContain("client_id");
            assertThat(server.last().header("Authorization")).startsWith("Basic ");
        }

        @Test
        @Requirement("9700-4.4-01")
        void is_refused_at_another_server_than_the_one_that_was_asked() {
            TokenRequest others = TokenRequest.authorizationCode(
                    new AuthorizationCode(Issuer.of("https://other.example"), "c0de", VERIFIER, REDIRECT_URI),
                    kept::add);

            assertThatIllegalArgumentException().isThrownBy(() -> client().token(others));
            assertThatIllegalArgumentException().isThrownBy(() -> client().tokenAsync(others));
            assertThatIllegalArgumentException().isThrownBy(() -> TokenSource.of(client(), others));
            assertThat(server.paths()).isEmpty();
        }

        @Test
        @Requirement("7636-7.2-01")
        void is_not_tried_in_another_way_when_the_server_refuses() {
            server.next(400, "{\"error\":\"invalid_grant\"}");
            TokenSource session = TokenSource.of(client(), request());

            assertThat(session.token().failure()).containsInstanceOf(Failure.Refused.class);
            clock.advance(Duration.ofHours(1));
            assertThat(session.token().failure()).containsInstanceOf(Failure.Refused.class);
            assertThat(server.asked()).hasSize(1);
        }

        @Test
        void is_tried_again_when_the_server_did_not_look_at_it() {
            server.next(503, "{}");
            TokenSource session = TokenSource.of(client(), request());

            assertThat(session.token().failure()).containsInstanceOf(Failure.Unreachable.class);
            clock.advance(Duration.ofSeconds(2));
            assertThat(session.token().value()).isPresent();
        }

        @Test
        void is_hidden() {
            TokenRequest request = request();

            assertThat(request + " " + TokenSource.of(client(), request))
                    .doesNotContain("c0de")
                    .doesNotContain(VERIFIER.value());
        }
    }

    @Nested
    class Of_what_comes_after_it {

        @Test
        void goes_on_with_each_refresh_token_once_it_is_kept() throws Exception {
            nextIssues("r1");
            nextIssues("r2");
            nextIssues("r2");
            TokenSource session = TokenSource.of(client(), request());

            assertThat(session.token().require().value()).isEqualTo("with-r1");
            assertThat(session.token().require().value()).isEqualTo("with-r1");
            assertThat(kept).containsExactly("r1");
            clock.advance(LIFETIME);
            assertThat(session.token().require().value()).isEqualTo("with-r2");
            clock.advance(LIFETIME);
            assertThat(session.token().require().value()).isEqualTo("with-r2");

            assertThat(kept).containsExactly("r1", "r2");
            assertThat(server.asked().stream().map(asked -> asked.parameter("refresh_token")))
                    .containsExactly("", "r1", "r2");
            assertThat(server.asked().stream().skip(1)).allSatisfy(asked -> {
                assertThat(asked.parameter("scope")).as("what was granted").isEqualTo("a");
                assertThat(asked.parameter("resource")).isEqualTo("https://api.example.com/orders");
            });
        }

        @Test
        void gives_no_token_whose_refresh_token_is_not_kept() {
            nextIssues("r1");
            boolean[] full = {true};
            TokenSource session = TokenSource.of(
                    client(),
                    TokenRequest.authorizationCode(
                            new AuthorizationCode(server.issuer(), "c0de", VERIFIER, REDIRECT_URI), value -> {
                                if (full[0]) {
                                    throw new IllegalStateException("full");
                                }
                                kept.add(value);
                            }));

            assertThat(session.token().failure()).containsInstanceOf(Failure.NotKept.class);
            full[0] = false;
            clock.advance(Duration.ofSeconds(2));
            assertThat(session.token().value()).isPresent();
            assertThat(kept).containsExactly("r1");
            assertThat(server.asked().stream().map(asked -> asked.parameter("grant_type")))
                    .containsExactly("authorization_code", "refresh_token");
        }

        @Test
        void ends_with_the_token_where_there_is_no_refresh_token() throws Exception {
            TokenSource session = TokenSource.of(client(), request());

            IssuedToken first = session.token().require();
            clock.advance(LIFETIME.minusSeconds(1));
            assertThat(session.token().require()).isEqualTo(first);
            clock.advance(Duration.ofSeconds(1));
            assertEnded(session);

            TokenSource another = TokenSource.of(client(), request());
            another.invalidate(another.token().require());
            assertEnded(another);
            assertThat(server.asked()).hasSize(2);
        }

        private void assertEnded(TokenSource session) {
            Stream.of(session.token(), session.tokenAsync().join())
                    .forEach(outcome -> assertThat(outcome.failure())
                            .hasValueSatisfying(failure -> assertThat(((Failure.Unusable) failure).problem())
                                    .isEqualTo(Problem.NO_REFRESH_TOKEN)));
        }
    }
}

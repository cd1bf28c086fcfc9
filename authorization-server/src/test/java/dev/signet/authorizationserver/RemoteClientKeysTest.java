package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.explanation.Finding;
import dev.signet.core.explanation.JwtKind;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.OutboundHttp;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RemoteClientKeysTest {

    private final AtomicInteger fetches = new AtomicInteger();
    private volatile String served =
            JwkSet.of(List.of(TestKeys.CLIENT.verificationKey())).toJson();
    private volatile int status = 200;
    private HttpServer http;
    private Fixture fixture;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/jwks", exchange -> {
            fetches.incrementAndGet();
            byte[] body = served.getBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/jwk-set+json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
        String host = "localhost:" + http.getAddress().getPort();
        fixture = Fixture.with(builder -> builder.outbound(
                        OutboundHttp.builder().allowHosts(Set.of(host)).build()))
                .and(Fixture.client("remote", ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                        .jwksUri(URI.create("http://" + host + "/jwks")))
                .and(Fixture.client("elsewhere", ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                        .jwksUri(URI.create("http://localhost:1/jwks")));
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    private TestAnswer send(String client, SigningKey key) {
        return fixture.clientCredentials()
                .assertion(fixture.clientAssertion(client).signedWith(key))
                .send();
    }

    @Nested
    @DisplayName("RFC 7523 §3.2, §5: keys at jwks_uri")
    class AtAddress {

        @Test
        @Requirement("7523-3.2-02")
        void are_fetched_once_for_many_requests() {
            send("remote", TestKeys.CLIENT).isIssued();
            send("remote", TestKeys.CLIENT).isIssued();
            assertThat(fetches).hasValue(1);
            send("remote", TestKeys.ATTACKER).isInvalidClient();
        }

        @Test
        void are_fetched_to_explain_an_assertion_as_they_are_to_check_it() {
            String assertion = fixture.clientAssertion("remote").compact();
            assertThat(fixture.server
                            .explain(JwtKind.CLIENT_ASSERTION, assertion)
                            .isAccepted())
                    .isTrue();
            assertThat(fetches).hasValue(1);
            assertThat(fixture.server
                            .explain(
                                    JwtKind.CLIENT_ASSERTION,
                                    fixture.clientAssertion("elsewhere").compact())
                            .refusal()
                            .flatMap(Finding::reason))
                    .contains(RefusalReason.KEYS_UNAVAILABLE);
        }

        @Test
        @Requirement("7523-5-03")
        void are_fetched_again_for_a_key_that_is_new() {
            send("remote", TestKeys.CLIENT).isIssued();
            served = JwkSet.of(List.of(TestKeys.ISSUER.verificationKey())).toJson();
            fixture.clock.advance(Duration.ofSeconds(31));
            send("remote", TestKeys.ISSUER).isIssued();
            assertThat(fetches).hasValue(2);
        }

        @Test
        @Requirement("7523-5-03")
        void are_not_fetched_for_every_key_that_somebody_makes_up() {
            send("remote", TestKeys.CLIENT).isIssued();
            fixture.clock.advance(Duration.ofSeconds(31));
            for (int made = 0; made < 100; made++) {
                fixture.clientCredentials()
                        .assertion(fixture.clientAssertion("remote").header("kid", "made-up-" + made))
                        .send()
                        .isInvalidClient();
            }
            assertThat(fetches.get()).isLessThanOrEqualTo(2);
            send("remote", TestKeys.CLIENT).isIssued();
        }

        @Test
        @Requirement("7523-3.2-02")
        void are_not_looked_for_at_an_address_in_the_header() {
            fixture.clientCredentials()
                    .assertion(fixture.clientAssertion()
                            .signedWith(TestKeys.ATTACKER)
                            .header(
                                    "jku",
                                    "http://localhost:" + http.getAddress().getPort() + "/jwks"))
                    .send()
                    .isInvalidClient();
            assertThat(fetches).hasValue(0);
        }

        @Test
        @Requirement("8725b-3.10-03")
        void make_the_server_say_later_if_they_cannot_be_had() {
            status = 500;
            send("remote", TestKeys.CLIENT).isRefused(503, "temporarily_unavailable");
            send("elsewhere", TestKeys.CLIENT).isRefused(503, "temporarily_unavailable");
            assertThat(fetches).hasValue(1);
        }
    }
}

package dev.signet.client.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.client.LocalAuthorizationServer;
import dev.signet.client.OAuthClient;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.testkit.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingAuthorizationsTest {

    private final LocalAuthorizationServer server = new LocalAuthorizationServer();
    private final PendingAuthorizations session = PendingAuthorizations.inMemory();
    private final AuthorizationRequest request = AuthorizationRequest.builder(
                    OAuthClient.builder(server.issuer(), ClientAuthentication.none(new ClientId("shop")))
                            .outbound(server.outbound())
                            .build(),
                    new RedirectUri("https://shop.example.com/callback"))
            .scope(Scope.of("openid", "a"))
            .resource(new ResourceIndicator("https://api.example.com/orders"))
            .build();

    @AfterEach
    void stop() {
        server.close();
    }

    private PendingAuthorization begin() throws Exception {
        return request.begin().require().pending();
    }

    @Test
    @Requirement("9700-4.2-02")
    void of_two_threads_one_takes_it() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier together = new CyclicBarrier(2);
        try {
            for (int round = 0; round < 500; round++) {
                PendingAuthorization pending = begin();
                session.put(pending);
                List<Future<Optional<PendingAuthorization>>> takers = new ArrayList<>();
                for (int taker = 0; taker < 2; taker++) {
                    takers.add(threads.submit(() -> {
                        together.await();
                        return session.take(pending.state());
                    }));
                }
                List<PendingAuthorization> taken = new ArrayList<>();
                for (Future<Optional<PendingAuthorization>> taker : takers) {
                    taker.get().ifPresent(taken::add);
                }
                assertThat(taken).containsExactly(pending);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void are_several_at_once_and_the_oldest_make_room() throws Exception {
        List<PendingAuthorization> begun = new ArrayList<>();
        for (int count = 0; count < 33; count++) {
            begun.add(begin());
            session.put(begun.get(count));
        }

        assertThat(session).hasToString("PendingAuthorizations, 32 in memory");
        assertThat(session.take(begun.get(0).state())).isEmpty();
        assertThat(session.take(begun.get(32).state())).contains(begun.get(32));
        assertThat(session.take(begun.get(1).state())).contains(begun.get(1));
    }

    @Test
    void can_be_kept_as_text() throws Exception {
        PendingAuthorization pending = begin();
        PendingAuthorization read = PendingAuthorization.parse(pending.toText());

        assertThat(read).isEqualTo(pending).hasSameHashCodeAs(pending).isNotEqualTo(begin());
        assertThat(read.issuer()).isEqualTo(server.issuer());
        assertThat(read.redirectUri()).isEqualTo(request.redirectUri());
        assertThat(read.challenge()).isEqualTo(pending.challenge());
        assertThat(read.nonce()).isEqualTo(pending.nonce()).isPresent();
        assertThat(read.complete(request.redirectUri(), "state=" + read.state() + "&error=access_denied"))
                .isInstanceOf(AuthorizationResponse.MixUp.class);
        String response = "code=c&state=" + read.state() + "&iss=" + server.issuer();
        assertThat(read.complete(request.redirectUri(), response))
                .isEqualTo(pending.complete(request.redirectUri(), response));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "s3cret", "{\"state\":\"s3cret\"}", "{\"issuer\":\"s3cret\"}"})
    void refuse_other_text_without_repeating_it(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PendingAuthorization.parse(text))
                .withMessage("no pending authorization");
    }
}

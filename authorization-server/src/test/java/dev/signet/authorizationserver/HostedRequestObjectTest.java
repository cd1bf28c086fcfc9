package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.authorizationserver.registry.RequestObjectSettings;
import dev.signet.authorizationserver.requestobject.Interactions;
import dev.signet.authorizationserver.requestobject.RequestObjectFetcher;
import dev.signet.authorizationserver.requestobject.RequestObjectFetcher.Hosted;
import dev.signet.authorizationserver.requestobject.RequestPolicy;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.outbound.OutboundException;
import dev.signet.outbound.OutboundHttp;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@DisplayName("RFC 9101 §5.2, §10.4: request objects that clients host")
class HostedRequestObjectTest {

    private static final String HOSTING = "hosting";
    private static final String URI_OF_CLIENT = "https://shop.example.com/request.jwt";
    private static final String OLDER_TYPE = "application/jwt";

    private final List<URI> fetched = new ArrayList<>();
    private final List<Set<String>> types = new ArrayList<>();
    private String hosted = "";
    private String mediaType = RequestObject.MEDIA_TYPE;
    private final AuthorizationFixture fixture = AuthorizationFixture.with(builder -> builder.requestPolicy(
            RequestPolicy.builder().fetchWith(this::fetch).vetters(vetters()).build()));

    private static Map<String, String> vetters() {
        return Map.of("Vetter.example.org", "The Vetters");
    }

    private Hosted fetch(URI uri, Set<String> accepted) {
        fetched.add(uri);
        types.add(accepted);
        if (!accepted.contains(mediaType)) {
            throw new OutboundException(OutboundException.Reason.CONTENT_TYPE, "the answer is of another type");
        }
        return new Hosted(mediaType, hosted);
    }

    private void register(UnaryOperator<RequestObjectSettings.Builder> change, String... uris) {
        fixture.andSigning(
                HOSTING,
                settings -> change.apply(settings.requestUris(
                        List.of(uris).stream().map(URI::create).toList())));
    }

    private AuthorizationTestCall call(String requestUri) {
        return fixture.referring(requestUri).with("client_id", HOSTING);
    }

    @Test
    @Requirement({"9101-5.2.3-01", "D-17", "9101-4-14"})
    void are_fetched_from_registered_uris() {
        register(settings -> settings, URI_OF_CLIENT);
        hosted = fixture.requestObject(HOSTING).compact();
        call(URI_OF_CLIENT).get().isCode();
        assertThat(fetched).containsExactly(URI.create(URI_OF_CLIENT));
        assertThat(types).containsExactly(Set.of(RequestObject.MEDIA_TYPE));
        assertThat(fixture.server.events.leniencies()).isEmpty();
    }

    @Test
    @Requirement({"D-17", "9101-4-14"})
    void are_of_the_older_media_type_only_by_a_switch() {
        mediaType = OLDER_TYPE;
        register(settings -> settings, URI_OF_CLIENT);
        hosted = fixture.requestObject(HOSTING).compact();
        isUnavailable(call(URI_OF_CLIENT).get());
        fixture.andSigning(
                "older",
                settings ->
                        settings.requestUris(List.of(URI.create(URI_OF_CLIENT))).allowApplicationJwt(true));
        hosted = fixture.requestObject("older").compact();
        call(URI_OF_CLIENT).with("client_id", "older").get().isCode();
        assertThat(fixture.server.events.leniencies()).containsOnly("allowRequestObjectAsApplicationJwt");
    }

    @Test
    @Requirement("D-17")
    void may_be_named_with_a_fragment_of_their_own() {
        register(settings -> settings, URI_OF_CLIENT + "#first");
        hosted = fixture.requestObject(HOSTING).compact();
        call(URI_OF_CLIENT + "#second").get().isCode();
        assertThat(fetched).containsExactly(URI.create(URI_OF_CLIENT));
    }

    @Test
    @Requirement("9101-11-04")
    void are_told_with_who_vetted_them() {
        register(settings -> settings, URI_OF_CLIENT, "https://vetter.example.org/shop/1.jwt");
        hosted = fixture.requestObject(HOSTING).compact();
        call("https://vetter.example.org/shop/1.jwt").get().isCode();
        hosted = fixture.requestObject(HOSTING).compact();
        call(URI_OF_CLIENT).get().isCode();
        assertThat(fixture.questions.get(0).request().read().vetter()).contains("The Vetters");
        assertThat(fixture.questions.get(1).request().read().vetter()).isEmpty();
    }

    @Test
    void have_one_vetter_for_a_host() {
        RequestPolicy.Builder policy =
                RequestPolicy.builder().fetchWith(this::fetch).vetters(Map.of("a.example", "A", "A.example", "B"));
        assertThatIllegalArgumentException().isThrownBy(policy::build).withMessageContaining("one host twice");
        assertThat(policy.vetters(Map.of("a.example", "A", "b.example", "B"))
                        .build()
                        .vetters())
                .hasSize(2);
    }

    @Test
    @Requirement({"D-17", "D-21"})
    void are_fetched_once_for_an_interaction() {
        register(settings -> settings, URI_OF_CLIENT);
        hosted = fixture.requestObject(HOSTING).compact();
        fixture.saying(AuthorizationFixture.ASKING);
        call(URI_OF_CLIENT).get().isAsked();
        FormParameters resent = fixture.questions.get(0).request().resent();
        assertThat(resent.names()).containsExactlyInAnyOrder("client_id", "request", Interactions.FIELD);
        hosted = "something else";
        fixture.server.clock.advance(Duration.ofMinutes(10));
        fixture.saying(AuthorizationFixture.APPROVING);
        AuthorizationTestCall again = new AuthorizationTestCall(fixture);
        resent.names().forEach(name -> again.with(name, resent.require(name)));
        again.post().isCode();
        assertThat(fetched).hasSize(1);
    }

    /** Slow hosts keep no more of the server's threads than that. */
    @Test
    @Requirement("9101-10.4-03")
    void are_fetched_a_few_at_once() throws Exception {
        CountDownLatch asked = new CountDownLatch(RequestObjectFetcher.MOST_AT_ONCE);
        CountDownLatch gate = new CountDownLatch(1);
        RequestObjectFetcher fetcher = RequestObjectFetcher.over(OutboundHttp.builder()
                .resolver(name -> {
                    asked.countDown();
                    awaitQuietly(gate);
                    throw new UnknownHostException(name);
                })
                .build());
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<OutboundException.Reason>> slow = new ArrayList<>();
        for (int number = 0; number < RequestObjectFetcher.MOST_AT_ONCE; number++) {
            slow.add(threads.submit(() -> failure(fetcher)));
        }
        asked.await();
        assertThat(failure(fetcher)).isEqualTo(OutboundException.Reason.OVERLOADED);
        gate.countDown();
        for (Future<OutboundException.Reason> each : slow) {
            assertThat(each.get()).isEqualTo(OutboundException.Reason.NAME_UNKNOWN);
        }
        assertThat(failure(fetcher)).isEqualTo(OutboundException.Reason.NAME_UNKNOWN);
        threads.shutdownNow();
    }

    private static OutboundException.Reason failure(RequestObjectFetcher fetcher) {
        try {
            fetcher.fetch(URI.create(URI_OF_CLIENT), Set.of(RequestObject.MEDIA_TYPE));
            throw new AssertionError("it was fetched");
        } catch (OutboundException failed) {
            return failed.reason();
        }
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Nested
    class Refused {

        @Test
        @Requirement({"9101-7-04", "D-17"})
        void by_a_server_and_of_a_client_for_which_it_is_off() {
            AuthorizationFixture standard = AuthorizationFixture.standard();
            standard.andSigning(HOSTING, settings -> settings.requestUris(List.of(URI.create(URI_OF_CLIENT))));
            AuthorizationTestAnswer off =
                    standard.referring(URI_OF_CLIENT).with("client_id", HOSTING).get();
            assertThat(off.isShown()
                            .because(RefusalReason.REQUEST_OBJECT_UNSUPPORTED)
                            .body())
                    .contains("request_uri_not_supported");
            AuthorizationTestAnswer unregistered =
                    fixture.referring(URI_OF_CLIENT).get();
            assertThat(unregistered.isShown().body()).contains("request_uri_not_supported");
            assertThat(fetched).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://shop.example.com/request.jwt?a=b",
                    "https://shop.example.com/request.jw",
                    "https://SHOP.example.com/request.jwt",
                    "http://shop.example.com/request.jwt",
                    "https://shop.example.com:443/request.jwt",
                    "https://shop.example.com@169.254.169.254/request.jwt",
                    "file:///etc/passwd",
                    "data:application/oauth-authz-req+jwt,e30",
                    "http://127.0.0.1/",
                    "https://vetter.example.org/shop/1.jwt",
                    "urn:example:request",
                    "not a uri"
                })
        @Requirement({"9101-10.4-01", "9101-5.2-04", "9101-10.2-06", "D-17"})
        void before_a_connection_if_they_are_not_registered(String requestUri) {
            register(settings -> settings, URI_OF_CLIENT);
            AuthorizationTestAnswer answer = call(requestUri).get();
            assertThat(answer.isShown()
                            .because(RefusalReason.REQUEST_URI_UNREGISTERED)
                            .body())
                    .contains("invalid_request_uri");
            assertThat(fetched).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(OutboundException.Reason.class)
        @Requirement({"9101-7-01", "9101-10.4-02", "9101-10.4-03", "9101-10.4-04"})
        void if_they_can_not_be_had(OutboundException.Reason reason) {
            AuthorizationFixture failing =
                    AuthorizationFixture.with(builder -> builder.requestPolicy(RequestPolicy.builder()
                            .fetchWith((uri, accepted) -> {
                                throw new OutboundException(reason, "hunter2");
                            })
                            .build()));
            failing.andSigning(HOSTING, settings -> settings.requestUris(List.of(URI.create(URI_OF_CLIENT))));
            AuthorizationTestAnswer answer =
                    failing.referring(URI_OF_CLIENT).with("client_id", HOSTING).get();
            assertThat(answer.isShown()
                            .because(RefusalReason.REQUEST_URI_UNAVAILABLE)
                            .body())
                    .contains("invalid_request_uri")
                    .doesNotContain("hunter2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "<html>", "{\"client_id\":\"hosting\"}", "https://shop.example.com/next.jwt"})
        @Requirement({"9101-5.2-02", "9101-10.4-04", "9101-7-01"})
        void if_they_are_none(String text) {
            register(settings -> settings, URI_OF_CLIENT);
            hosted = text;
            isUnavailable(call(URI_OF_CLIENT).get());
            assertThat(fetched).hasSize(1);
        }

        @Test
        @Requirement({"9101-10.2-01", "9101-4-12", "D-16", "D-22"})
        void if_they_are_wrong_as_those_by_value_are() {
            register(settings -> settings, URI_OF_CLIENT);
            TestAssertion object = fixture.requestObject(HOSTING);
            for (String wrong : List.of(
                    object.header("alg", "none").unsigned(),
                    object.signedWith(TestKeys.ATTACKER).compact(),
                    object.claim("request_uri", URI_OF_CLIENT).compact())) {
                hosted = wrong;
                assertThat(call(URI_OF_CLIENT).get().isShown().body()).contains("invalid_request_object");
            }
            hosted = object.claim("exp", Fixture.NOW.getEpochSecond() - 31).compact();
            call(URI_OF_CLIENT).get().isSent("invalid_request_object");
            hosted = object.compact();
            call(URI_OF_CLIENT).get().isCode();
            assertThat(fetched).hasSize(5);
        }
    }

    private static void isUnavailable(AuthorizationTestAnswer answer) {
        assertThat(answer.isShown()
                        .because(RefusalReason.REQUEST_URI_UNAVAILABLE)
                        .body())
                .contains("invalid_request_uri");
    }
}

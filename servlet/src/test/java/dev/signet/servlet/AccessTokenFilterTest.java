package dev.signet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.KeysUnavailableException;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.resourceserver.introspection.IntrospectionClient;
import dev.signet.resourceserver.introspection.IntrospectionPolicy;
import dev.signet.testkit.Requirement;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessTokenFilterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ISSUER = "https://as.example.com";
    private static final SigningKey KEY =
            SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());

    private final List<AccessTokenOutcome> refusals = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger orders = new AtomicInteger();
    private volatile String introspected = "{\"active\":true}";
    private final Container container = new Container();
    private final String audience = container.origin() + "/orders";

    AccessTokenFilterTest() throws IOException {}

    /** Counts who came through, and sends back the body, which the filter must have left alone. */
    private final class Orders extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            orders.incrementAndGet();
            String body = request.getReader().lines().collect(Collectors.joining());
            response.getWriter().write(AccessTokenFilter.token(request).subject() + body);
        }
    }

    /** The authorization server that is asked. */
    private final class Introspection extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.getWriter().write(introspected);
        }
    }

    private AccessTokenValidator asking() {
        URI endpoint = URI.create(container.origin() + "/introspect");
        IntrospectionClient client = IntrospectionClient.builder(Issuer.of(ISSUER))
                .endpoint(endpoint)
                .outbound(OutboundHttp.builder()
                        .allowHosts(Set.of(endpoint.getAuthority()))
                        .build())
                .authentication(ClientAuthentication.clientSecretBasic(new ClientId("orders-api"), "s".repeat(32)))
                .build();
        return validator()
                .keys(JwkSet.of(List.of(KEY.verificationKey())))
                .introspection(IntrospectionPolicy.always(client))
                .build();
    }

    private AccessTokenValidator.Builder validator() {
        return AccessTokenValidator.builder().issuer(ISSUER).audience(audience).clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private String token(String scope) {
        return JwtSigner.of(KEY, "at+jwt")
                .sign(JsonObject.builder()
                        .put("iss", ISSUER)
                        .put("sub", "alice")
                        .put("client_id", "reporter")
                        .put("aud", audience)
                        .put("scope", scope)
                        .put("roles", List.of("clerk"))
                        .put("iat", NOW.getEpochSecond())
                        .put("exp", NOW.getEpochSecond() + 600)
                        .put("jti", "a-token")
                        .build());
    }

    @BeforeEach
    void start() throws Exception {
        AccessTokenValidator validator =
                validator().keys(JwkSet.of(List.of(KEY.verificationKey()))).build();
        KeySource gone = (jwt, allowed) -> {
            throw new KeysUnavailableException("gone", new IOException("gone"));
        };
        AccessTokenFilter filter = AccessTokenFilter.of(validator).reporting(refusals::add);
        container.add(filter.requiring(outcome -> outcome.requireScope("orders.read")), "/orders");
        container.add(
                filter.requiring(outcome -> outcome.requireScope("orders.read"))
                        .requiring(outcome -> outcome.requireAnyRole("boss")),
                "/boss");
        container.add(AccessTokenFilter.of(validator().keys(gone).build()), "/keyless");
        container.add(AccessTokenFilter.of(asking()).reporting(refusals::add), "/asking");
        container.add(new Introspection(), "/introspect");
        for (String path : List.of("/orders", "/boss", "/keyless", "/asking", "/unfiltered")) {
            container.add(new Orders(), path);
        }
        var metadata = validator.metadata().orElseThrow();
        container.add(new ResourceMetadataServlet(metadata), metadata.location().getPath());
        container.start();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private HttpResponse<String> send(String path, String authorization) throws Exception {
        return container.send("GET", path, "Authorization", authorization);
    }

    private void assertRefused(HttpResponse<String> response, int status, RefusalReason reason) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer realm="));
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(refusals)
                .singleElement()
                .satisfies(refused -> assertThat(((Refused) refused).reason()).isEqualTo(reason));
        assertThat(orders).hasValue(0);
    }

    @Test
    @Requirement("6750-2.1-01")
    void lets_a_good_token_pass_and_hands_it_on() throws Exception {
        HttpResponse<String> response = send("/orders", "Bearer " + token("orders.read"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("alice");
        assertThat(refusals).isEmpty();
    }

    @Test
    void leaves_a_form_to_the_servlet() throws Exception {
        HttpResponse<String> response = container.post(
                "/orders",
                "count=2",
                "Authorization",
                "Bearer " + token("orders.read"),
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(response.body()).isEqualTo("alicecount=2");
    }

    @Test
    @Requirement({"6750-3-01", "6750-3-02", "9728-5.1-01"})
    void asks_for_a_token_where_there_is_none() throws Exception {
        HttpResponse<String> response = container.send("GET", "/orders");

        assertRefused(response, 401, RefusalReason.TOKEN_MISSING);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge ->
                        assertThat(challenge).contains("resource_metadata=").doesNotContain("error"));
    }

    @Test
    @Requirement("9068-4-15")
    void refuses_a_bad_token() throws Exception {
        assertRefused(send("/orders", "Bearer x.y.z"), 401, RefusalReason.JWT_BAD_ENCODING);
    }

    @Test
    @Requirement({"6750-3.1-01", "9068-4-17"})
    void requires_a_scope() throws Exception {
        assertRefused(send("/orders", "Bearer " + token("other")), 403, RefusalReason.TOKEN_SCOPE_INSUFFICIENT);
    }

    @Test
    @Requirement("9068-4-17")
    void requires_one_thing_after_the_other() throws Exception {
        assertRefused(send("/boss", "Bearer " + token("orders.read")), 403, RefusalReason.TOKEN_ROLE_MISSING);
    }

    @Test
    @Requirement("6750-2-01")
    void refuses_two_headers() throws Exception {
        String token = "Bearer " + token("orders.read");

        assertRefused(
                container.send("GET", "/orders", "Authorization", token, "Authorization", token),
                400,
                RefusalReason.TOKEN_SEVERAL);
    }

    @Test
    @Requirement("6750-2.3-01")
    void refuses_a_second_token_in_the_query_and_takes_none_from_it() throws Exception {
        String token = token("orders.read");

        assertRefused(send("/orders?access_token=x", "Bearer " + token), 400, RefusalReason.TOKEN_SEVERAL);
        refusals.clear();
        assertRefused(container.send("GET", "/orders?access_token=" + token), 401, RefusalReason.TOKEN_MISSING);
    }

    @Test
    void answers_503_while_there_are_no_keys() throws Exception {
        HttpResponse<String> response = send("/keyless", "Bearer " + token("orders.read"));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(orders).hasValue(0);
    }

    @Test
    @Requirement({"7662-4-01", "7662-4-02"})
    void lets_pass_what_the_issuer_calls_active_and_nothing_without_its_answer() throws Exception {
        String token = "Bearer " + token("orders.read");
        introspected = "no answer";
        HttpResponse<String> unanswered = send("/asking", token);
        assertThat(unanswered.statusCode()).isEqualTo(503);
        assertThat(unanswered.headers().firstValue("Retry-After")).isPresent();
        assertThat(orders).hasValue(0);
        refusals.clear();
        introspected = "{\"active\":false}";
        assertRefused(send("/asking", token), 401, RefusalReason.TOKEN_INACTIVE);
        introspected = "{\"active\":true}";
        assertThat(send("/asking", token).body()).isEqualTo("alice");
    }

    @Test
    void has_no_token_for_a_servlet_that_it_is_not_mapped_to() throws Exception {
        assertThat(send("/unfiltered", "Bearer " + token("orders.read")).statusCode())
                .isEqualTo(500);
    }

    @Test
    @Requirement({"9728-3-01", "9728-3.2-01"})
    void the_metadata_is_where_the_challenge_says() throws Exception {
        String location = container
                .send("GET", "/orders")
                .headers()
                .firstValue("WWW-Authenticate")
                .orElseThrow()
                .replaceFirst(".*resource_metadata=\"" + container.origin() + "([^\"]*)\".*", "$1");
        HttpResponse<String> response = container.send("GET", location);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(JsonObject.parse(response.body()).findString("resource")).contains(audience);
        assertThat(container.send("POST", location).statusCode()).isEqualTo(405);
    }
}

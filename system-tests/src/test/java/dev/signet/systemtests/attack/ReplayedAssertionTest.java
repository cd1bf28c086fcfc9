package dev.signet.systemtests.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.Issuer;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonObject;
import dev.signet.systemtests.process.ServerProcess;
import dev.signet.systemtests.process.TokenRequests;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.TestJwt;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Replay: what was used once is used up, wherever and whenever it comes again. Two nodes on one PostgreSQL. */
class ReplayedAssertionTest {

    private static final List<String> ENDPOINTS = List.of("/token", "/introspect", "/revoke");

    @TempDir
    private static Path folder;

    private static EmbeddedPostgres postgres;
    private static AttackedServer one;
    private static AttackedServer two;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .start();
        int port = ServerProcess.freePort();
        one = node(port, AttackedServer.issuerAt(port));
        two = node(ServerProcess.freePort(), one.issuer());
    }

    private static AttackedServer node(int port, Issuer issuer) {
        String store = """
                {url: "jdbc:postgresql://127.0.0.1:%d/postgres", user: postgres, password: postgres}
                encryption: {key: "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"}""".formatted(postgres.getPort());
        return AttackedServer.start(folder, port, issuer, store, "");
    }

    @AfterAll
    static void stop() throws IOException {
        one.close();
        two.close();
        postgres.close();
    }

    private static void assertReplayed(AttackedServer node, Use use, HttpResponse<String> response) {
        AttackedServer.assertRefused(use, "a second time", response);
        assertThat(node.reasonOf(response)).isEqualTo(RefusalReason.ASSERTION_REPLAYED);
    }

    @Nested
    @DisplayName("RFC 7523 §3 item 7: on one node")
    class OnOneNode {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"7523-3-16", "OIDC-9-04", "7521-8.2-01"})
        void refuses_it_at_once_and_with_another_signature_or_header(Use use) {
            TestJwt jwt = one.assertion(use).withType("JWT");
            String first = jwt.compact();
            String again = jwt.compact();
            assertThat(again).as("ECDSA signs the same claims in another way").isNotEqualTo(first);

            AttackedServer.assertIssued(one.send(use, first));
            for (String replayed : List.of(
                    first,
                    again,
                    jwt.withoutHeader("typ").compact(),
                    jwt.withClaim("more", true).compact(),
                    jwt.compactWithClaims(json -> json.replace("{", "{ ")))) {
                assertReplayed(one, use, one.send(use, replayed));
            }
            AttackedServer.assertIssued(one.send(
                    use, jwt.withJwtId(jwt.claims().requireString("jti") + "-").compact()));
        }

        @ParameterizedTest
        @CsvSource({"/token", "/introspect", "/revoke"})
        @Requirement({"7523-3-16", "OIDC-9-04", "7521-4.2-05"})
        void refuses_at_every_endpoint_what_was_used_at_one(String first) {
            String assertion = one.assertion(Use.CLIENT_AUTHENTICATION).compact();
            assertThat(at(first, assertion).statusCode()).isEqualTo(200);
            for (String endpoint : ENDPOINTS) {
                assertReplayed(one, Use.CLIENT_AUTHENTICATION, at(endpoint, assertion));
            }
        }

        private static HttpResponse<String> at(String endpoint, String assertion) {
            List<String> form = new ArrayList<>(Use.CLIENT_AUTHENTICATION.form(assertion));
            if (!endpoint.equals("/token")) {
                form.addAll(List.of("token", "no-token-of-ours"));
            }
            return one.post(endpoint, form);
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3 item 7: on another node, and after a restart")
    class OnAnotherNode {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"7523-3-16", "7523-3-17"})
        void refuses_on_each_node_what_was_used_on_the_other(Use use) {
            String atOne = one.assertion(use).compact();
            String atTwo = two.assertion(use).compact();
            AttackedServer.assertIssued(one.send(use, atOne));
            AttackedServer.assertIssued(two.send(use, atTwo));
            assertReplayed(two, use, two.send(use, atOne));
            assertReplayed(one, use, one.send(use, atTwo));
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement("7523-3-16")
        void refuses_after_a_restart_what_was_used_before(Use use) {
            int port = ServerProcess.freePort();
            String used;
            try (AttackedServer before = node(port, one.issuer())) {
                used = before.assertion(use).compact();
                AttackedServer.assertIssued(before.send(use, used));
                assertReplayed(before, use, before.send(use, used));
            }
            try (AttackedServer after = node(port, one.issuer())) {
                assertReplayed(after, use, after.send(use, used));
            }
        }
    }

    @Nested
    @DisplayName("D-04: without the store")
    class WithoutTheStore {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"D-04", "7523-3-01", "7523-3-17"})
        void gives_no_token_and_uses_nothing_up(Use use) throws IOException {
            one.expectFailures();
            two.expectFailures();
            TestJwt assertion = one.assertion(use);
            int port = postgres.getPort();
            postgres.close();
            for (AttackedServer node : List.of(one, two)) {
                HttpResponse<String> response = node.send(use, assertion.compact());
                assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
                assertThat(JsonObject.parse(response.body()).names()).containsOnly("error", "error_description");
            }
            postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("postgres"))
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .start();
            for (AttackedServer node : List.of(one, two)) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> new TokenRequests()
                                        .get(node.process().uri("/health/ready"))
                                        .statusCode()
                                == 200);
            }
            AttackedServer.assertIssued(answered(two, use, assertion));
            assertReplayed(one, use, answered(one, use, assertion));
        }

        /** A node may have a connection of before that it has not found broken yet. */
        private static HttpResponse<String> answered(AttackedServer node, Use use, TestJwt assertion) {
            return Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> node.send(use, assertion.compact()), response -> response.statusCode() != 503);
        }
    }
}

package dev.signet.client.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.client.Failure;
import dev.signet.client.Outcome;
import dev.signet.client.Problem;
import dev.signet.client.registration.RegisteringServer.Asked;
import dev.signet.core.ClientId;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientRegistrationTest {

    private static final JsonObject METADATA =
            JsonObject.parse("{\"client_name\":\"Shop\",\"redirect_uris\":[\"https://shop.example.com/callback\"]}");
    private static final String REGISTERED = """
            {"client_id": "c-1", "client_secret": "s3cret-1", "client_secret_expires_at": 1800000000,
             "client_id_issued_at": 1700000000, "registration_access_token": "t0ken-1",
             "registration_client_uri": "$issuer/register/c-1",
             "client_name": "Shop", "redirect_uris": ["https://shop.example.com/callback"], "scope": "a"}
            """;

    private final RegisteringServer server = new RegisteringServer();
    private final List<String> kept = new ArrayList<>();
    private final AtomicBoolean diskIsFull = new AtomicBoolean();

    @AfterEach
    void stop() {
        server.close();
    }

    private void keep(ClientInformation information) {
        if (diskIsFull.get()) {
            throw new IllegalStateException("disk full");
        }
        kept.add(information.toText());
    }

    private Registrar.Builder registrar() {
        return Registrar.builder(server.issuer()).outbound(server.outbound());
    }

    private Outcome<ClientRegistration> register() {
        return registrar().initialAccessToken("in1tial").build().register(METADATA, this::keep);
    }

    private ClientRegistration registered() throws Exception {
        server.next(201, REGISTERED);
        return register().require();
    }

    private static void assertProblem(Outcome<?> outcome, Problem problem) {
        assertThat(outcome.failure())
                .hasValueSatisfying(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                Failure.Unusable.class,
                                unusable -> assertThat(unusable.problem()).isEqualTo(problem)));
    }

    @Nested
    class Rfc_7591_3_registering {

        @Test
        void says_who_the_client_is_and_has_it_kept() throws Exception {
            ClientInformation information = registered().information();

            Asked asked = server.last();
            assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /register");
            assertThat(asked.authorization()).isEqualTo("Bearer in1tial");
            assertThat(asked.contentType()).isEqualTo("application/json");
            assertThat(asked.json()).isEqualTo(METADATA);
            assertThat(information.clientId()).isEqualTo(new ClientId("c-1"));
            assertThat(information.clientSecret()).hasValue("s3cret-1");
            assertThat(information.clientSecretExpiresAt()).hasValue(Instant.ofEpochSecond(1_800_000_000));
            assertThat(information.metadata())
                    .isEqualTo(METADATA.toBuilder().put("scope", "a").build());
            assertThat(kept).containsExactly(information.toText());
            assertThat(ClientInformation.parse(information.toText())).isEqualTo(information);
        }

        @Test
        void needs_no_token_where_registration_is_open() throws Exception {
            server.next(201, "{\"client_id\":\"c-2\",\"client_secret_expires_at\":0}");
            ClientRegistration registration = registrar()
                    .build()
                    .register(METADATA, ClientRegistrationTest.this::keep)
                    .require();

            assertThat(server.last().authorization()).isEmpty();
            assertThat(registration.information().clientSecret()).isEmpty();
            assertThat(registration.information().clientSecretExpiresAt()).isEmpty();
            assertProblem(registration.read(), Problem.NO_ENDPOINT);
            assertProblem(registration.delete(), Problem.NO_ENDPOINT);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "client_id",
                    "client_secret",
                    "client_secret_expires_at",
                    "client_id_issued_at",
                    "registration_access_token",
                    "registration_client_uri"
                })
        void is_not_asked_for_what_the_server_says(String name) throws Exception {
            JsonObject more = METADATA.toBuilder().put(name, "s3cret").build();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> registrar().build().register(more, ClientRegistrationTest.this::keep))
                    .withMessage("metadata must not have " + name);
            assertThat(server.asked()).isEmpty();

            ClientRegistration registration = registered();
            assertThatIllegalArgumentException().isThrownBy(() -> registration.update(more));
            assertThat(server.asked()).hasSize(1);
        }

        @ParameterizedTest
        @CsvSource({
            "invalid_redirect_uri",
            "invalid_client_metadata",
            "invalid_software_statement",
            "unapproved_software_statement"
        })
        void tells_why_it_was_refused(String code) {
            server.next(400, "{\"error\":\"" + code + "\",\"error_description\":\"why\"}");
            assertThat(register().failure()).hasValueSatisfying(failure -> {
                assertThat(failure.code()).hasValue(code);
                assertThat(failure.detail()).contains("why");
            });
            assertThat(kept).isEmpty();
        }

        @Test
        void tells_of_a_token_that_is_not_taken() {
            server.nextChallenge("Bearer error=\"invalid_token\"");
            assertThat(register().failure())
                    .hasValueSatisfying(failure -> assertThat(failure.code()).hasValue("invalid_token"));
            server.nextChallenge("Bearer");
            assertProblem(register(), Problem.MEMBERS);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "201|{}|MEMBERS",
                    "201|{\"client_id\":7}|MEMBERS",
                    "201|{\"client_id\":\"\"}|MEMBERS",
                    "201|{\"client_id\":\"a\",\"registration_client_uri\":\"not a URI\"}|MEMBERS",
                    "201|[]|NOT_JSON",
                    "400|{}|MEMBERS"
                })
        void takes_nothing_for_an_answer_that_is_none(int status, String answer, Problem problem) {
            server.next(status, answer);
            assertProblem(register(), problem);
            assertThat(kept).isEmpty();
        }

        @Test
        void is_not_possible_at_a_server_that_does_not_have_it_or_is_not_there() {
            server.next(503, "");
            assertThat(register().failure()).containsInstanceOf(Failure.Unreachable.class);
            server.doesNotRegister();
            assertProblem(register(), Problem.NO_ENDPOINT);
            server.close();
            assertThat(register().failure()).containsInstanceOf(Failure.Unreachable.class);
        }
    }

    @Nested
    @Requirement("7592-3-01")
    class Rfc_7592_3_what_comes_back {

        private static final String RENEWED = """
                {"client_id": "c-1", "client_secret": "s3cret-2", "registration_access_token": "t0ken-2",
                 "registration_client_uri": "$issuer/register/elsewhere", "client_name": "Store"}
                """;

        private final JsonObject renamed =
                METADATA.toBuilder().put("client_name", "Store").build();

        @Test
        void takes_the_place_of_the_old_token_and_secret() throws Exception {
            ClientRegistration registration = registered();
            server.next(200, RENEWED);
            ClientInformation changed = registration.update(renamed).require();

            Asked asked = server.last();
            assertThat(asked.method() + " " + asked.path()).isEqualTo("PUT /register/c-1");
            assertThat(asked.authorization()).isEqualTo("Bearer t0ken-1");
            assertThat(asked.json())
                    .isEqualTo(renamed.toBuilder().put("client_id", "c-1").build());
            assertThat(changed.clientSecret()).hasValue("s3cret-2");
            assertThat(changed.clientSecretExpiresAt())
                    .as("that was the old one's")
                    .isEmpty();
            assertThat(registration.information()).isEqualTo(changed);
            assertThat(kept).hasSize(2);
            assertThat(kept.get(1)).contains("t0ken-2", "s3cret-2").doesNotContain("t0ken-1", "s3cret-1");

            server.next(200, RENEWED);
            registration.read().require();
            assertThat(server.last().path()).isEqualTo("/register/elsewhere");
            assertThat(server.last().authorization()).isEqualTo("Bearer t0ken-2");
            assertThat(kept).as("nothing changed").hasSize(2);
        }

        @Test
        void leaves_what_it_does_not_name() throws Exception {
            ClientRegistration registration = registered();
            server.next(200, "{\"client_id\":\"c-1\",\"client_name\":\"Shop\"}");
            ClientInformation read = registration.read().require();

            Asked asked = server.last();
            assertThat(asked.method() + " " + asked.path()).isEqualTo("GET /register/c-1");
            assertThat(asked.body()).isEmpty();
            assertThat(asked.contentType()).isEmpty();
            assertThat(read.clientSecret()).hasValue("s3cret-1");
            assertThat(read.clientSecretExpiresAt()).hasValue(Instant.ofEpochSecond(1_800_000_000));
            assertThat(read.metadata()).isEqualTo(JsonObject.parse("{\"client_name\":\"Shop\"}"));
            server.next(204, "");
            assertThat(registration.delete().value()).isPresent();
            assertThat(server.last().authorization()).isEqualTo("Bearer t0ken-1");
        }

        @Test
        void is_used_after_a_restart() throws Exception {
            registered();
            ClientRegistration restarted =
                    registrar().build().known(ClientInformation.parse(kept.get(0)), ClientRegistrationTest.this::keep);
            server.next(200, RENEWED);
            restarted.read().require();

            assertThat(server.last().authorization()).isEqualTo("Bearer t0ken-1");
            assertThat(kept).hasSize(2);
            assertThat(kept.get(1)).contains("t0ken-2");
        }

        @Test
        void is_kept_before_anybody_has_it_and_offered_again() throws Exception {
            ClientRegistration registration = registered();
            diskIsFull.set(true);
            server.next(200, RENEWED);
            assertThat(registration.update(renamed).failure()).containsInstanceOf(Failure.NotKept.class);
            assertThat(registration.read().failure()).containsInstanceOf(Failure.NotKept.class);
            assertThat(server.asked()).as("the server is not asked before").hasSize(2);

            diskIsFull.set(false);
            server.next(200, RENEWED);
            registration.read().require();
            assertThat(kept).hasSize(2);
            assertThat(kept.get(1)).contains("t0ken-2");
        }

        @Test
        void is_what_the_next_request_is_made_with_in_whatever_thread() throws Exception {
            ClientRegistration registration = registered();
            for (int number = 2; number <= 9; number++) {
                server.next(200, REGISTERED.replace("t0ken-1", "t0ken-" + number));
            }
            List<CompletableFuture<Outcome<ClientInformation>>> updates = IntStream.rangeClosed(2, 9)
                    .mapToObj(number -> CompletableFuture.supplyAsync(() -> registration.update(renamed)))
                    .toList();

            assertThat(updates)
                    .allSatisfy(update -> assertThat(update)
                            .succeedsWithin(Duration.ofSeconds(20))
                            .satisfies(outcome -> assertThat(outcome.value()).isPresent()));
            assertThat(server.asked().stream().skip(1).map(Asked::authorization))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 8)
                            .mapToObj(number -> "Bearer t0ken-" + number)
                            .toList());
            assertThat(kept.get(8)).contains("t0ken-9");
        }

        @Test
        void is_not_that_of_another_client() throws Exception {
            ClientRegistration registration = registered();
            server.next(200, RENEWED.replace("c-1", "c-2"));
            assertProblem(registration.read(), Problem.MEMBERS);
            assertThat(registration.information().clientId()).isEqualTo(new ClientId("c-1"));
            assertThat(kept).hasSize(1);
        }
    }

    @Nested
    class Rfc_7592_2_3_deleting {

        @Test
        void ends_the_registration() throws Exception {
            ClientRegistration registration = registered();
            server.next(204, "");
            assertThat(registration.delete().require()).isEqualTo(new Deleted());

            Asked asked = server.last();
            assertThat(asked.method() + " " + asked.path()).isEqualTo("DELETE /register/c-1");
            assertThat(asked.authorization()).isEqualTo("Bearer t0ken-1");
            assertThat(asked.body()).isEmpty();
        }

        @Test
        void may_be_refused() throws Exception {
            ClientRegistration registration = registered();
            server.nextChallenge("Bearer error=\"invalid_token\"");
            assertThat(registration.delete().failure())
                    .hasValueSatisfying(failure -> assertThat(failure.code()).hasValue("invalid_token"));
        }
    }

    @Test
    void text_that_is_something_else_is_not_read() {
        for (String text : List.of("", "{}", "{\"client_id\":\"a\",\"client_secret\":7}", "s3cret")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ClientInformation.parse(text))
                    .withMessage("no client information");
        }
    }

    @Test
    void hides_what_is_secret() throws Exception {
        ClientRegistration registration = registered();
        String shown = registration + " " + registration.information() + " "
                + registrar().initialAccessToken("in1tial").build();
        assertThat(shown).contains("c-1").doesNotContain("s3cret", "t0ken", "in1tial");
    }
}

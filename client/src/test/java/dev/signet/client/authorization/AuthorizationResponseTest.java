package dev.signet.client.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.client.LocalAuthorizationServer;
import dev.signet.client.OAuthClient;
import dev.signet.client.authorization.AuthorizationResponse.Code;
import dev.signet.client.authorization.AuthorizationResponse.Denied;
import dev.signet.client.authorization.AuthorizationResponse.Malformed;
import dev.signet.client.authorization.AuthorizationResponse.MixUp;
import dev.signet.client.authorization.AuthorizationResponse.NoCode;
import dev.signet.client.authorization.AuthorizationResponse.OtherState;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.http.FormParameters;
import dev.signet.testkit.Requirement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationResponseTest {

    private static final RedirectUri REDIRECT_URI = new RedirectUri("https://shop.example.com/callback");

    private final LocalAuthorizationServer server = new LocalAuthorizationServer();
    private final PendingAuthorizations session = PendingAuthorizations.inMemory();

    @AfterEach
    void stop() {
        server.close();
    }

    private PendingAuthorization begin() throws Exception {
        OAuthClient client = OAuthClient.builder(server.issuer(), ClientAuthentication.none(new ClientId("shop")))
                .outbound(server.outbound())
                .build();
        PendingAuthorization pending = AuthorizationRequest.builder(client, REDIRECT_URI)
                .scope(Scope.of("a"))
                .build()
                .begin()
                .require()
                .pending();
        session.put(pending);
        return pending;
    }

    private void doesNotSayThatItSendsIss() {
        server.publish(server.metadata().toBuilder()
                .remove("authorization_response_iss_parameter_supported")
                .build());
    }

    /** What the server answers. */
    private Map<String, String> valid(PendingAuthorization pending) {
        Map<String, String> response = new LinkedHashMap<>();
        response.put("code", "c0de");
        response.put("state", pending.state());
        response.put("iss", server.issuer().value());
        return response;
    }

    private static String encoded(Map<String, String> response) {
        return FormParameters.encode(List.copyOf(response.entrySet()));
    }

    /** The answer with one parameter changed, or left out if the value is empty. */
    private AuthorizationResponse changed(String name, String value) throws Exception {
        Map<String, String> response = valid(begin());
        response.put(name, value);
        response.values().removeIf(String::isEmpty);
        return session.complete(REDIRECT_URI, encoded(response));
    }

    private static void assertNoCode(AuthorizationResponse response, Class<? extends NoCode> type) {
        assertThat(response).isInstanceOf(type).isInstanceOfSatisfying(NoCode.class, none -> {
            assertThat(none.detail()).isNotEmpty();
            assertThat(none.advice()).endsWith(".");
            assertThat(none.detail() + none).doesNotContain("c0de");
        });
    }

    @Nested
    class Rfc_6749_4_1_2_code {

        @Test
        @Requirement({"6749-4.1.1-01", "6749-10.6-01", "9207-2.4-01"})
        void is_taken_with_what_it_is_to_be_sent_with() throws Exception {
            PendingAuthorization pending = begin();
            AuthorizationResponse response = session.complete(REDIRECT_URI, encoded(valid(pending)));

            assertThat(response).isInstanceOfSatisfying(Code.class, code -> {
                assertThat(code.code().value()).isEqualTo("c0de");
                assertThat(code.code().issuer()).isEqualTo(server.issuer());
                assertThat(code.code().redirectUri()).isEqualTo(REDIRECT_URI);
                assertThat(code.code().verifier().challenge()).isEqualTo(pending.challenge());
                assertThat(code.scope()).isEqualTo(Scope.of("a"));
                assertThat(code.toString())
                        .doesNotContain("c0de", code.code().verifier().value());
            });
        }

        @Test
        @Requirement("6749-4.1.2-05")
        void is_taken_with_parameters_beside_it_that_nobody_knows() throws Exception {
            Map<String, String> response = valid(begin());
            response.put("session_state", "x");
            response.put("error_reason", "none");

            assertThat(session.complete(REDIRECT_URI, encoded(response) + "&unknown=1&unknown=2"))
                    .isInstanceOf(Code.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"code=x", "state=x", "iss=x", "iss="})
        void is_refused_with_a_parameter_that_comes_twice(String repeated) throws Exception {
            PendingAuthorization pending = begin();
            String response = encoded(valid(pending));

            assertNoCode(pending.complete(REDIRECT_URI, response + "&" + repeated), Malformed.class);
            assertNoCode(session.complete(REDIRECT_URI, response + "&" + repeated), NoCode.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "code=%zz", "code=%FF", "%", "code"})
        void is_refused_in_a_form_that_is_none(String response) throws Exception {
            PendingAuthorization pending = begin();

            assertNoCode(
                    pending.complete(
                            REDIRECT_URI,
                            "state=" + pending.state() + "&iss="
                                    + server.issuer().value().replace(":", "%3A") + "&" + response),
                    Malformed.class);
        }

        @Test
        void survives_random_text() throws Exception {
            PendingAuthorization pending = begin();
            Random random = new Random(9207);
            String alphabet = "&=%+codestateiss02a\u0000ä ";
            for (int count = 0; count < 20_000; count++) {
                StringBuilder text = new StringBuilder(count % 2 == 0 ? "" : "state=" + pending.state() + "&");
                random.ints(random.nextInt(30), 0, alphabet.length())
                        .forEach(index -> text.append(alphabet.charAt(index)));
                assertThat(pending.complete(REDIRECT_URI, text.toString())).isNotInstanceOf(Code.class);
            }
        }
    }

    @Nested
    @Requirement({"6749-4.1.1-01", "6749-10.6-01", "9700-2.1-02"})
    class Rfc_6749_10_12_state {

        @ParameterizedTest
        @ValueSource(strings = {"", "other"})
        void is_that_of_a_request_of_this_session(String state) throws Exception {
            assertNoCode(changed("state", state), OtherState.class);
        }

        @Test
        void that_cant_be_read_takes_no_request_away() throws Exception {
            String response = encoded(valid(begin()));

            assertNoCode(session.complete(REDIRECT_URI, response + "&state=x"), OtherState.class);
            assertNoCode(session.complete(REDIRECT_URI, response + "&%zz"), OtherState.class);
            assertThat(session.complete(REDIRECT_URI, response)).isInstanceOf(Code.class);
        }

        @Test
        void counts_with_its_letter_case() throws Exception {
            PendingAuthorization pending = begin();
            Map<String, String> response = valid(pending);
            response.put("state", otherCase(pending.state()));
            assertNoCode(pending.complete(REDIRECT_URI, encoded(response)), OtherState.class);
            assertNoCode(session.complete(REDIRECT_URI, encoded(response)), OtherState.class);
            assertThat(session.complete(REDIRECT_URI, encoded(valid(pending)))).isInstanceOf(Code.class);
        }

        private static String otherCase(String text) {
            return text.chars()
                    .map(letter -> Character.isUpperCase(letter)
                            ? Character.toLowerCase(letter)
                            : Character.toUpperCase(letter))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }

        @Test
        @Requirement("9700-2.1.1-01")
        void is_not_that_of_another_session() throws Exception {
            PendingAuthorization pending = begin();
            String response = encoded(valid(pending));

            assertNoCode(PendingAuthorizations.inMemory().complete(REDIRECT_URI, response), OtherState.class);
            assertThat(session.complete(REDIRECT_URI, response)).isInstanceOf(Code.class);
        }

        @Test
        @Requirement("9700-4.2-02")
        void is_good_once() throws Exception {
            String response = encoded(valid(begin()));

            assertThat(session.complete(REDIRECT_URI, response)).isInstanceOf(Code.class);
            assertNoCode(session.complete(REDIRECT_URI, response), OtherState.class);
        }
    }

    @Nested
    @Requirement({"9700-2.1-03", "D-23"})
    class Rfc_9207_2_4_iss {

        private static final String PLACEHOLDER = "ISSUER";

        @ParameterizedTest
        @ValueSource(strings = {"ISSUER/", "https://other.example", "ISSUER?", "http://LOCALHOST", "ISSUER "})
        @Requirement({"9207-2.4-01", "9207-2.4-02"})
        void that_is_another_is_a_mix_up(String iss) throws Exception {
            assertNoCode(changed("iss", iss.replace(PLACEHOLDER, server.issuer().value())), MixUp.class);
            assertThat(server.asked()).isEmpty();
        }

        @Test
        @Requirement({"9207-2.4-02", "9700-4.2-02"})
        void that_is_another_ends_the_request() throws Exception {
            PendingAuthorization pending = begin();
            Map<String, String> response = valid(pending);
            response.put("iss", "https://other.example");
            session.complete(REDIRECT_URI, encoded(response));

            assertNoCode(session.complete(REDIRECT_URI, encoded(valid(pending))), OtherState.class);
        }

        @Test
        @Requirement("9207-2.4-03")
        void that_is_another_makes_an_error_no_error_of_the_server() throws Exception {
            Map<String, String> response = valid(begin());
            response.remove("code");
            response.put("error", "access_denied");
            response.put("iss", "https://other.example");
            assertNoCode(session.complete(REDIRECT_URI, encoded(response)), MixUp.class);

            response.put("state", begin().state());
            response.put("iss", server.issuer().value());
            assertNoCode(session.complete(REDIRECT_URI, encoded(response)), Denied.class);
        }

        @Test
        @Requirement("9207-2.4-04")
        void that_is_missing_is_a_mix_up_where_the_server_says_it_sends_it() throws Exception {
            assertNoCode(changed("iss", ""), MixUp.class);

            doesNotSayThatItSendsIss();
            assertThat(changed("iss", "")).isInstanceOf(Code.class);
        }

        @Test
        @Requirement("9207-2.4-05")
        void that_nobody_promised_is_compared_all_the_same() throws Exception {
            doesNotSayThatItSendsIss();

            assertThat(changed("iss", server.issuer().value())).isInstanceOf(Code.class);
            assertNoCode(changed("iss", "https://other.example"), MixUp.class);
        }

        @Test
        @Requirement("9700-4.4-01")
        void is_not_enough_at_the_redirect_uri_of_another_server() throws Exception {
            String response = encoded(valid(begin()));

            assertNoCode(
                    session.complete(new RedirectUri("https://shop.example.com/callback/other"), response),
                    MixUp.class);
            assertNoCode(session.complete(REDIRECT_URI, response), OtherState.class);
        }
    }

    @Nested
    class Rfc_6749_4_1_2_1_error {

        private AuthorizationResponse error(String parameters) throws Exception {
            Map<String, String> response = valid(begin());
            response.remove("code");
            return session.complete(REDIRECT_URI, encoded(response) + "&" + parameters);
        }

        @Test
        void is_told_without_what_may_not_be_shown() throws Exception {
            assertThat(error("error=access_denied&error_description=no%0A%1b%5B31m%22"))
                    .isInstanceOfSatisfying(Denied.class, denied -> {
                        assertThat(denied.error().error()).isEqualTo("access_denied");
                        assertThat(denied.detail()).isEqualTo("the server answered access_denied: no??[31m?");
                    });
        }

        @ParameterizedTest
        @ValueSource(strings = {"error=%0A", "error=", "error=a&error=b", "error=a&code=c", "other=b"})
        void has_a_form(String parameters) throws Exception {
            assertNoCode(error(parameters), Malformed.class);
        }

        @Test
        @Requirement({"7636-7.2-01", "D-27"})
        void of_a_server_without_s256_is_told_and_nothing_else_is_tried() throws Exception {
            assertNoCode(
                    error("error=invalid_request&error_description=transform+algorithm+not+supported"), Denied.class);
            assertThat(server.asked()).isEmpty();
            assertThat(server.paths()).containsExactly("/.well-known/oauth-authorization-server");
        }

        @ParameterizedTest
        @CsvSource({
            "access_denied,user",
            "unauthorized_client,allowed",
            "unsupported_response_type,enabled",
            "invalid_scope,scopes",
            "invalid_target,resource",
            "invalid_request,malformed",
            "invalid_request_object,kid",
            "invalid_request_uri,anew",
            "request_not_supported,enabled",
            "request_uri_not_supported,push",
            "server_error,later",
            "temporarily_unavailable,later",
            "login_required,prompt",
            "consent_required,prompt",
            "interaction_required,prompt",
            "of_our_own,documentation"
        })
        void comes_with_advice(String code, String word) {
            assertThat(DenialAdvice.on(code)).contains(word).endsWith(".");
        }
    }
}

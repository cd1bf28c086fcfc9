package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final Fixture fixture = Fixture.standard();

    private TestAnswer post(String contentType, byte[] body) {
        return fixture.send(ProtocolRequest.builder("POST", "/token")
                .header("Content-Type", contentType)
                .body(body)
                .build());
    }

    private byte[] validBody() {
        return fixture.validCall().toRequest().body();
    }

    @Nested
    @DisplayName("RFC 6749 §3.2: method, path, body")
    class Request {

        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "post", ""})
        @Requirement("6749-3.2-01")
        void refuses_every_method_but_post(String method) {
            TestAnswer answer = fixture.send(ProtocolRequest.builder(method, "/token")
                    .header("Content-Type", FORM)
                    .body(validBody())
                    .build());
            answer.isRefused(405, "invalid_request");
            assertThat(answer.header("Allow")).isEqualTo("POST");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/", "", "/tokens", "/token/", "//token", "/%74oken", "/token;a=b", "/../token"})
        void answers_404_where_there_is_nothing(String path) {
            fixture.send(ProtocolRequest.builder("POST", path)
                            .header("Content-Type", FORM)
                            .body(validBody())
                            .build())
                    .isRefused(404, "invalid_request");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/json",
                    "text/plain",
                    "multipart/form-data; boundary=x",
                    "application/x-www-form-urlencoded; charset=iso-8859-1",
                    "",
                    "x"
                })
        @Requirement("6749-3.2-02")
        void refuses_every_content_type_but_a_form(String contentType) {
            post(contentType, validBody()).isInvalidRequest();
            assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.CONTENT_TYPE);
        }

        @ParameterizedTest
        @ValueSource(strings = {FORM, FORM + "; charset=UTF-8", "Application/X-WWW-Form-Urlencoded"})
        @Requirement("6749-3.2-02")
        void accepts_a_form_in_utf8(String contentType) {
            post(contentType, validBody()).isIssued();
        }

        @Test
        @Requirement("6749-3.2-02")
        void does_not_read_parameters_from_the_query() {
            fixture.send(ProtocolRequest.builder("POST", "/token")
                            .query("grant_type=client_credentials")
                            .form("foo=1")
                            .build())
                    .isInvalidRequest();
            assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.PARAMETER_MISSING);
        }

        @Test
        void refuses_a_body_that_is_too_large() {
            TestAnswer answer = fixture.send(ProtocolRequest.builder("POST", "/token")
                    .header("Content-Type", FORM)
                    .bodyTooLarge()
                    .build());
            answer.isRefused(413, "invalid_request");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a=%zz", "%", "grant_type=%ff", "a=%00", "grant_type=client_credentials&x=%c0%80"})
        void refuses_a_malformed_form(String body) {
            post(FORM, body.getBytes(StandardCharsets.UTF_8)).isInvalidRequest();
        }

        @Test
        void refuses_octets_that_are_not_utf8() {
            post(FORM, new byte[] {'a', '=', (byte) 0xC3, (byte) 0x28}).isInvalidRequest();
        }
    }

    @Nested
    @DisplayName("RFC 6749 §3.2: parameters")
    class Parameters {

        @Test
        void requires_a_grant_type() {
            fixture.validCall().without("grant_type").send().isInvalidRequest();
            fixture.validCall().with("grant_type", "").send().isInvalidRequest();
        }

        @Test
        @Requirement("6749-3.1-04")
        void takes_an_empty_parameter_for_none_and_ignores_unknown_ones() {
            fixture.validCall().with("scope", "").with("resource", "").send().isIssued();
            fixture.validCall().with("foo", "1").and("foo", "2").send().isIssued();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "grant_type",
                    "client_id",
                    "client_secret",
                    "client_assertion",
                    "client_assertion_type",
                    "scope",
                    "assertion",
                    "code",
                    "code_verifier",
                    "redirect_uri",
                    "refresh_token"
                })
        @Requirement({"6749-3.1-05", "D-48"})
        void refuses_a_known_parameter_that_comes_twice(String name) {
            fixture.validCall().and(name, "x").and(name, "x").send().isInvalidRequest();
            fixture.validCall().and(name, "").and(name, "").send().isInvalidRequest();
        }
    }

    @Nested
    @DisplayName("RFC 6749 §5.1, §5.2: the answer")
    class Answer {

        @Test
        @Requirement({"6749-5.1-01", "6749-5.1-02"})
        void is_json_that_nobody_keeps() {
            TestAnswer answer = fixture.validCall().send().isIssued();
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("Pragma")).isEqualTo("no-cache");
            assertThat(answer.json().requireString("token_type")).isEqualTo("Bearer");
            assertThat(answer.json().findLong("expires_in")).hasValue(600L);
        }

        @Test
        @Requirement({"6749-5.1-01", "6749-5.2-01"})
        void is_json_that_nobody_keeps_when_refused() {
            TestAnswer answer = fixture.validCall().without("grant_type").send().isInvalidRequest();
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("Pragma")).isEqualTo("no-cache");
        }

        @Test
        @Requirement("6749-3.3-01")
        void names_the_scope() {
            assertThat(fixture.validCall().send().json().requireString("scope")).isEqualTo("orders.read orders.write");
            assertThat(fixture.validCall()
                            .with("scope", "orders.read")
                            .send()
                            .json()
                            .requireString("scope"))
                    .isEqualTo("orders.read");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"", "\\", "\r\n", "\u0000x", "é", "<script>", "%22"})
        @Requirement("6749-5.2-02")
        void never_gives_input_back(String hostile) {
            for (String name : new String[] {"grant_type", "scope", "resource", "client_id", "client_assertion"}) {
                TestAnswer answer =
                        fixture.validCall().with(name, "zz" + hostile + "zz").send();
                assertThat(answer.status()).isIn(400, 401);
                String description = answer.json().requireString("error_description");
                assertThat(description).doesNotContain("zz").matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
            }
        }
    }
}

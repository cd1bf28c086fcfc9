package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.resourceowner.Decision;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers get to the client. */
class AuthorizationResponseTest {

    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

    private final AuthorizationFixture fixture = AuthorizationFixture.standard();

    private AuthorizationTestCall valid() {
        return fixture.validRequest();
    }

    @Nested
    @DisplayName("RFC 6749 §4.1.2: by a redirect")
    class Query {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a b+c&d=e%20#f?g/h\"i'j<k>l",
                    "ünïcödé ☃ \uD83D\uDE80",
                    "line\nbreak\tand\rmore",
                    " leading and trailing ",
                    "%zz"
                })
        @Requirement("6749-4.1.2-04")
        void sends_state_back_exactly_as_it_came(String state) {
            assertThat(valid().with("state", state).get().isCode().single("state"))
                    .contains(state);
            String longer = (state + "0123456789").repeat(2048 / (state.length() + 10));
            assertThat(valid().with("state", longer).post().isCode().single("state"))
                    .contains(longer);
        }

        @Test
        @Requirement({"6749-4.1.2.1-02", "6749-4.1.2-04"})
        void sends_state_back_with_errors_if_there_was_one() {
            valid().with("scope", "nothing").get().isSent("invalid_scope");
            FormParameters without =
                    valid().without("state").with("scope", "nothing").get().sent();
            assertThat(without.names()).containsExactlyInAnyOrder("error", "error_description", "iss");
        }

        @Test
        @Requirement("6749-3.1.2-01")
        void keeps_the_query_of_the_redirect_uri() {
            for (String uri :
                    List.of("https://c.example/cb?x=1", "https://c.example/cb?x=%41&x=b+c", "https://c.example/cb?")) {
                AuthorizationFixture other = AuthorizationFixture.standard();
                other.and("queried", settings -> settings.redirectUris(List.of(new RedirectUri(uri))));
                AuthorizationTestAnswer answer = other.validRequest()
                        .with("client_id", "queried")
                        .with("redirect_uri", uri)
                        .get();
                answer.isCode();
                assertThat(answer.location()).matches(Pattern.quote(uri) + "&?code=[A-Za-z0-9_-]{43}&state=xyz&iss=.*");
            }
        }

        @Test
        @Requirement({"9700-2.1-04", "D-47"})
        void is_a_303_whatever_was_posted() {
            AuthorizationTestAnswer answer = valid().with("username", "alice")
                    .with("password", "hunter2")
                    .post();
            answer.isCode();
            assertThat(answer.response().status()).isEqualTo(303);
            assertThat(answer.location()).doesNotContain("hunter2");
            assertThat(answer.response().body()).isEmpty();
            assertThat(valid().with("scope", "nothing").post().response().status())
                    .isEqualTo(303);
        }

        @Test
        @Requirement({"9207-2-01", "9207-2-02"})
        void says_who_answers_in_success_and_error() {
            String issuer = fixture.server.server.metadata().issuer().value();
            assertThat(valid().get().isCode().single("iss")).contains(issuer);
            assertThat(valid().get().location()).endsWith("&iss=https%3A%2F%2Fas.example.com");
            assertThat(URI.create(issuer)).hasScheme("https").hasNoQuery().hasNoFragment();
            valid().with("scope", "nothing").get().isSent("invalid_scope");
            fixture.saying(AuthorizationFixture.DENYING);
            valid().get().isSent("access_denied");
        }

        @Test
        @Requirement("9700-2.6-02")
        void lets_no_script_of_another_origin_read_it() {
            for (AuthorizationTestAnswer answer : List.of(
                    valid().header("Origin", "https://evil.example").get(),
                    valid().header("Origin", "https://evil.example").post(),
                    valid().header("Origin", "https://evil.example")
                            .with("client_id", "nobody")
                            .get())) {
                assertThat(answer.response().headers())
                        .extracting(header -> header.name().toLowerCase(java.util.Locale.ROOT))
                        .noneMatch(name -> name.startsWith("access-control-"));
            }
        }
    }

    @Nested
    @DisplayName("OAuth 2.0 Form Post Response Mode: by a form")
    class FormPost {

        private AuthorizationTestAnswer posted(String state) {
            return valid().with("response_mode", "form_post")
                    .with("state", state)
                    .get();
        }

        private String value(AuthorizationTestAnswer answer, String name) {
            Matcher fields = HIDDEN.matcher(answer.body());
            while (fields.find()) {
                if (fields.group(1).equals(name)) {
                    return Pattern.compile("&#([0-9]+);")
                            .matcher(fields.group(2))
                            .replaceAll(code ->
                                    Matcher.quoteReplacement(Character.toString(Integer.parseInt(code.group(1)))));
                }
            }
            return "";
        }

        @Test
        @Requirement({"9207-2-01", "6749-4.1.2-04"})
        void posts_the_same_parameters_to_the_redirect_uri() {
            AuthorizationTestAnswer answer = posted("xyz");
            assertThat(answer.response().status()).isEqualTo(200);
            assertThat(answer.response().header("Location")).isEmpty();
            assertThat(answer.body())
                    .contains("<form method=\"post\" action=\"" + AuthorizationFixture.CALLBACK + "\">");
            assertThat(value(answer, "code")).hasSize(43);
            assertThat(value(answer, "state")).isEqualTo("xyz");
            assertThat(value(answer, "iss")).isEqualTo(Fixture.ISSUER.value());
            assertThat(fixture.grants.all).hasSize(1);
        }

        @Test
        void posts_errors_too() {
            AuthorizationTestAnswer answer = valid().with("response_mode", "form_post")
                    .with("scope", "nothing")
                    .get();
            assertThat(value(answer, "error")).isEqualTo("invalid_scope");
            assertThat(value(answer, "state")).isEqualTo("xyz");
            assertThat(fixture.grants.all).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"><script>alert(1)</script>",
                    "'\"&amp;&lt;",
                    "</form><form action=https://evil.example>",
                    "a\nb\r\nc",
                    "☃ \uD83D\uDE80"
                })
        @Requirement("6749-4.1.2-04")
        void lets_no_state_break_out_of_its_place(String state) {
            AuthorizationTestAnswer answer = posted(state);
            assertThat(value(answer, "state")).isEqualTo(state);
            assertThat(answer.body()).containsOnlyOnce("<script").containsOnlyOnce("<form");
            assertThat(answer.body()).doesNotContain("evil.example>", "alert(1)</");
        }

        @Test
        @Requirement({"9700-4.2-01", "6749-10.13-01"})
        void runs_its_own_script_and_no_other_and_works_without() throws Exception {
            AuthorizationTestAnswer answer = posted("xyz");
            String script = between(answer.body(), "<script>", "</script>");
            String style = between(answer.body(), "<style>", "</style>");
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src " + hash(script), "style-src " + hash(style))
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(script).isEqualTo("document.forms[0].submit()");
            assertThat(answer.body()).contains("<button type=\"submit\">Continue</button>");
            assertThat(answer.body()).doesNotContain("src=", "href=");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        }

        private String between(String text, String start, String end) {
            int from = text.indexOf(start) + start.length();
            return text.substring(from, text.indexOf(end, from));
        }

        private String hash(String text) throws Exception {
            return "'sha256-"
                    + Base64.getEncoder()
                            .encodeToString(
                                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
                    + "'";
        }
    }

    @Nested
    @DisplayName("RFC 6749 §10.13, RFC 9700 §4.2.4: what is shown")
    class Pages {

        @Test
        @Requirement({"6749-10.13-01", "9700-4.2-01"})
        void holds_nothing_from_elsewhere_and_nothing_of_the_request() {
            AuthorizationTestAnswer answer = valid().with("client_id", "<script>alert(1)</script>")
                    .with("redirect_uri", "https://evil.example/")
                    .get()
                    .isShown();
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.body())
                    .contains("invalid_request", answer.header("X-Correlation-Id"))
                    .doesNotContain("evil.example", "alert(1)", "src=", "href=", "<script");
        }

        @Test
        @Requirement({"6749-10.13-01", "9700-4.2-01"})
        void keeps_a_stricter_policy_of_the_prompt() {
            String policy = "default-src 'none'; frame-ancestors 'none'";
            AuthorizationTestAnswer answer = fixture.saying(question -> new Decision.Ask(ProtocolResponse.builder(200)
                            .header("Content-Security-Policy", policy)
                            .body("text/html", "Who are you?".getBytes(StandardCharsets.UTF_8))
                            .build()))
                    .validRequest()
                    .get()
                    .isAsked();
            assertThat(answer.response().headers().stream()
                            .filter(header -> header.name().equals("Content-Security-Policy"))
                            .map(header -> header.value()))
                    .containsExactly(policy);
        }
    }
}

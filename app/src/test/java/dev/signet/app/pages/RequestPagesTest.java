package dev.signet.app.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.http.FormParameters;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Pages about requests that did not come as parameters. */
class RequestPagesTest {

    private final PagesFixture fixture = new PagesFixture();
    private final Browser browser = fixture.browser();

    private static String authorize(String clientId, String requestUri) {
        return "/id/authorize?"
                + FormParameters.encode(
                        List.of(Map.entry("client_id", clientId), Map.entry("request_uri", requestUri)));
    }

    private void isAsked() {
        assertThat(browser.response().status()).isEqualTo(200);
        assertThat(browser.html())
                .contains("id=\"approve\"")
                .contains("The shop")
                .contains("See your orders");
    }

    private void isCode() {
        assertThat(browser.response().status()).isEqualTo(303);
        assertThat(browser.location())
                .startsWith("https://shop.example.com/cb?")
                .contains("code=");
    }

    private void isAnswered() {
        assertThat(browser.response().status()).isEqualTo(400);
        assertThat(browser.response().header("Location")).isEmpty();
        assertThat(browser.html()).contains("invalid_request_uri");
    }

    @Nested
    class Of_a_pushed_request {

        @Test
        @Requirement({"9126-4-03", "D-18"})
        void are_shown_as_often_as_anybody_likes_and_answered_once() {
            String request = authorize("shop", fixture.pushed());
            fixture.browser().get(request);
            browser.get(request)
                    .get(request)
                    .signIn("alice", PagesFixture.PASSWORD)
                    .follow();
            isAsked();
            PagesFixture.Form first = browser.form("approve");
            browser.get(request);
            isAsked();
            PagesFixture.Form second = browser.form("approve");
            browser.submit(first, "approve");
            isCode();
            browser.submit(second, "approve");
            isAnswered();
            browser.submit(second, "deny");
            isAnswered();
            browser.get(request);
            isAnswered();
        }

        @Test
        @Requirement({"9126-4-01", "D-18"})
        void send_the_reference_again_and_not_the_request() {
            browser.get(authorize("shop", fixture.pushed()) + "&scope=none&ui_locales=de&username=mallory");
            assertThat(browser.form("login").hidden())
                    .extracting(Map.Entry::getKey)
                    .containsExactlyInAnyOrder("client_id", "request_uri", "interaction", "csrf");
            assertThat(browser.html()).doesNotContain("mallory");
        }

        @Test
        @Requirement("D-18")
        void may_be_filled_in_slowly_if_they_were_opened_in_time() {
            String request = authorize("shop", fixture.pushed());
            browser.get(request);
            fixture.clock.advance(Duration.ofMinutes(10));
            browser.signIn("alice", PagesFixture.PASSWORD).follow();
            isAsked();
            fixture.clock.advance(Duration.ofMinutes(10));
            browser.press("approve");
            isCode();
            Browser late = fixture.browser().get(request);
            assertThat(late.html()).contains("invalid_request_uri");
        }

        @Test
        @Requirement("D-18")
        void that_are_cancelled_are_its_answer() {
            String request = authorize("shop", fixture.pushed());
            browser.get(request).press("cancel");
            assertThat(browser.location()).contains("error=access_denied");
            browser.get(request);
            isAnswered();
        }
    }

    @Nested
    class Of_a_request_object {

        @Test
        @Requirement({"9101-11-03", "9101-11-04"})
        void name_the_client_and_who_vetted_the_request() {
            browser.get(authorize("a<i>b", fixture.hosted("a<i>b", "Shop <script>")))
                    .signIn("alice", PagesFixture.PASSWORD)
                    .follow();
            assertThat(browser.html())
                    .contains("Shop &lt;script&gt; asks for access")
                    .contains("It is registered as a&lt;i&gt;b.")
                    .contains("Vetters &lt;b&gt;&amp;&lt;/b&gt; Sons has checked this request.");
            browser.get(
                    browser.form("approve").action() + "?"
                            + FormParameters.encode(browser.form("approve").hidden()),
                    "de");
            assertThat(browser.html())
                    .contains("Registriert ist die Anwendung als a&lt;i&gt;b.")
                    .contains("Vetters &lt;b&gt;&amp;&lt;/b&gt; Sons hat diese Anfrage geprüft.");
            browser.press("approve");
            isCode();
        }

        @Test
        @Requirement("9101-11-04")
        void name_nobody_if_nobody_did() {
            browser.signedIn();
            assertThat(browser.html()).contains("It is registered as shop.").doesNotContain("id=\"vetter\"");
        }
    }
}

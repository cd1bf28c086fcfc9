package dev.signet.app.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.pages.PagesFixture.Form;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.testkit.Requirement;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The pages that belong to no client. */
class AccountPagesTest {

    private final PagesFixture fixture = new PagesFixture();
    private final Browser browser = fixture.browser();

    private String session() {
        return browser.cookies.getOrDefault("__Host-signet", "");
    }

    @Nested
    class The_account {
        @Test
        void is_shown_to_its_owner_after_signing_in() {
            browser.get("/id/account");
            assertThat(browser.html()).contains("id=\"login\"").doesNotContain("id=\"cancel\"");
            browser.signIn("alice", "wrong");
            assertThat(browser.response().status()).isEqualTo(403);
            browser.signIn("alice", PagesFixture.PASSWORD);
            assertThat(browser.location()).isEqualTo("/id/account");
            assertThat(browser.follow().html()).contains("You have allowed nothing so far.");
        }

        @Test
        void lists_what_was_allowed_and_takes_it_back() {
            browser.signedIn().press("approve");
            TokenDigest code = TokenDigest.of(browser.location().replaceFirst(".*[?&]code=([^&]+).*", "$1"));
            assertThat(fixture.grants.findCode(code)).isPresent();
            browser.get("/id/account");
            assertThat(browser.html()).contains("The shop", "Orders", "See your orders", "write");
            browser.submit(browser.form("revoke"), "revoke", "shop", Map.of());
            assertThat(browser.html())
                    .contains("The shop has to ask you again now.")
                    .contains("nothing so far");
            assertThat(fixture.consents.of("u-1")).isEmpty();
            assertThat(fixture.grants.findCode(code)).isEmpty();
            assertThat(browser.get(PagesFixture.authorize("")).html()).contains("id=\"approve\"");
        }

        @Test
        void takes_nothing_back_by_a_form_that_it_did_not_show() {
            browser.signedIn().press("approve");
            Form form = browser.get("/id/account").form("revoke");
            browser.submit(form.with("csrf", "A".repeat(43)), "revoke", "shop", Map.of());
            assertThat(browser.response().status()).isEqualTo(403);
            browser.submit(form.with("csrf", ""), "revoke", "shop", Map.of());
            assertThat(browser.response().status()).isEqualTo(403);
            browser.get("/id/account?revoke=shop&csrf=" + form.hidden().get(0).getValue());
            assertThat(fixture.consents.of("u-1")).hasSize(1);
            Form signOut = browser.form("logout");
            browser.submit(signOut, "revoke", "shop", Map.of());
            assertThat(fixture.consents.of("u-1")).hasSize(1);
        }
    }

    @Nested
    class Leaving {
        @Test
        @Requirement("9700-2.1-01")
        void ends_the_session_and_goes_nowhere_else() {
            browser.signedIn();
            String secret = session();
            browser.get(
                    "/id/logout?return_to=https://evil.example.com&post_logout_redirect_uri=https://evil.example.com");
            assertThat(fixture.sessions.find(TokenDigest.of(secret))).isPresent();
            browser.press("logout");
            assertThat(browser.location()).isEqualTo("/id/logout");
            assertThat(session()).isEmpty();
            assertThat(fixture.sessions.find(TokenDigest.of(secret))).isEmpty();
            assertThat(browser.follow().html()).contains("You are signed out");
            browser.cookies.put("__Host-signet", secret);
            assertThat(browser.get(PagesFixture.authorize("")).html()).contains("id=\"login\"");
        }

        @Test
        void needs_the_form_that_was_shown() {
            browser.signedIn();
            Form form = browser.get("/id/logout").form("logout");
            browser.submit(form.with("csrf", "A".repeat(43)), "logout");
            assertThat(browser.response().status()).isEqualTo(403);
            assertThat(browser.html()).contains("open for too long");
            assertThat(fixture.sessions.find(TokenDigest.of(session()))).isPresent();
        }

        @Test
        void without_a_session_says_so() {
            assertThat(browser.get("/id/logout").html()).contains("You are signed out");
        }
    }

    @Nested
    class The_style_sheet {
        private final Pattern link = Pattern.compile("rel=\"stylesheet\" href=\"([^\"]+)\"");

        @Test
        void is_served_from_here_and_kept_for_good() {
            Matcher matcher = link.matcher(browser.get("/id/account").html());
            assertThat(matcher.find()).isTrue();
            ProtocolResponse css = browser.get(matcher.group(1)).response();
            assertThat(css.status()).isEqualTo(200);
            assertThat(css.header("Content-Type")).hasValue("text/css; charset=utf-8");
            assertThat(css.header("Cache-Control").orElseThrow()).contains("immutable");
            assertThat(browser.html()).contains("prefers-color-scheme: dark").doesNotContain("url(", "@import");
            assertThat(fixture.handle(ProtocolRequest.builder("POST", matcher.group(1))
                                    .build())
                            .status())
                    .isEqualTo(405);
        }
    }
}

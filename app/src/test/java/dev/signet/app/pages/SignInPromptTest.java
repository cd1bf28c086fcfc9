package dev.signet.app.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.pages.PagesFixture.Form;
import dev.signet.app.password.PasswordCheck;
import dev.signet.authorizationserver.registry.ClientLink;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.authorizationserver.resourceowner.Username;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.http.Header;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in and consenting at the authorization endpoint. */
class SignInPromptTest {

    private static final ClientId SHOP = new ClientId("shop");
    private static final String SESSION = "__Host-signet";
    private static final String FORM = "__Host-signet-form";

    private final PagesFixture fixture = new PagesFixture();
    private final Browser browser = fixture.browser();

    private void isAsked(Browser who) {
        assertThat(who.response().status()).isEqualTo(200);
        assertThat(who.html()).contains("id=\"approve\"").contains("The shop");
    }

    private void isCode(Browser who) {
        assertThat(who.response().status()).isEqualTo(303);
        assertThat(who.location())
                .startsWith("https://shop.example.com/cb?")
                .contains("code=")
                .contains("state=a+state+with+%22quotes%22+%26+%3Cangles%3E");
    }

    private static void isNoCode(Browser who) {
        assertThat(who.response().header("Location").orElse("")).doesNotContain("code=");
    }

    private static void isPageToSignIn(Browser who, int status) {
        assertThat(who.response().status()).isEqualTo(status);
        assertThat(who.html()).contains("id=\"login\"");
    }

    @Nested
    class Signing_in {
        @Test
        @Requirement("6749-3.1-01")
        void comes_before_anything_else() {
            browser.get(PagesFixture.authorize(""));
            isPageToSignIn(browser, 200);
            assertThat(browser.html()).contains("to continue to The shop");
            assertThat(browser.cookies).containsOnlyKeys(FORM);
            browser.signIn("alice", PagesFixture.PASSWORD).follow();
            isAsked(browser);
            browser.press("approve");
            isCode(browser);
        }

        @Test
        @Requirement("9700-2.1-04")
        void is_followed_by_a_redirect_that_brings_nothing_along() {
            browser.get(PagesFixture.authorize("")).signIn("alice", PagesFixture.PASSWORD);
            assertThat(browser.response().status()).isEqualTo(303);
            assertThat(browser.location())
                    .startsWith("/id/authorize?")
                    .doesNotContain("alice", "correct", "csrf", "login");
            assertThat(browser.response().body()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"alice,wrong horse battery", "nobody,correct horse battery", "alice,''", "'',''", "Ålice \u0007,x"})
        void fails_in_one_way_for_all_reasons(String username, String password) {
            browser.get(PagesFixture.authorize("")).signIn(username, password);
            isPageToSignIn(browser, 403);
            assertThat(browser.html()).contains("go together");
            assertThat(browser.cookies).containsOnlyKeys(FORM);
            browser.signIn("Alice", PagesFixture.PASSWORD).follow();
            isAsked(browser);
        }

        @Test
        void fails_in_the_same_way_for_accounts_that_nobody_may_use() {
            fixture.accounts.change(
                    "u-1", user -> user.toBuilder().enabled(false).build());
            fixture.accounts.put(
                    UserAccount.builder("u-2").username(new Username("bobby")).build());
            String alices = browser.get(PagesFixture.authorize(""))
                    .signIn("alice", PagesFixture.PASSWORD)
                    .html();
            String bobs = browser.signIn("bobby", PagesFixture.PASSWORD).html();
            String nobodys = browser.signIn("nobby", PagesFixture.PASSWORD).html();
            assertThat(alices.replace("alice", "nobby")).isEqualTo(nobodys);
            assertThat(bobs.replace("bobby", "nobby")).isEqualTo(nobodys);
            assertThat(browser.cookies).containsOnlyKeys(FORM);
        }

        @Test
        void begins_a_session_that_nobody_knew_before() {
            browser.cookies.put(SESSION, "A".repeat(43));
            browser.get(PagesFixture.authorize("")).signIn("alice", PagesFixture.PASSWORD);
            String first = browser.cookies.get(SESSION);
            assertThat(first).isNotEqualTo("A".repeat(43)).hasSize(43);
            assertThat(fixture.sessions.find(TokenDigest.of("A".repeat(43)))).isEmpty();
            assertThat(fixture.sessions.find(TokenDigest.of(first))).isPresent();
        }

        @Test
        void again_ends_the_session_there_was() {
            browser.get(PagesFixture.authorize(""));
            Form form = browser.form("login");
            Map<String, String> typed = Map.of("username", "alice", "password", PagesFixture.PASSWORD);
            String first = browser.submit(form, "login", "1", typed).cookies.get(SESSION);
            String second = browser.submit(form, "login", "1", typed).cookies.get(SESSION);
            assertThat(second).isNotEqualTo(first);
            assertThat(fixture.sessions.find(TokenDigest.of(first))).isEmpty();
            assertThat(fixture.sessions.find(TokenDigest.of(second))).isPresent();
            isAsked(browser.follow());
        }

        @Test
        void is_cancelled_to_where_the_client_is() {
            browser.get(PagesFixture.authorize("")).press("cancel");
            assertThat(browser.location())
                    .startsWith("https://shop.example.com/cb?")
                    .contains("error=access_denied");
        }

        @Test
        void needs_no_cookie_of_another_time() {
            browser.get(PagesFixture.authorize(""));
            String secret = browser.cookies.get(FORM);
            browser.get(PagesFixture.authorize(""));
            assertThat(browser.cookies.get(FORM)).isEqualTo(secret);
        }
    }

    @Nested
    class Attempts {
        @Test
        void are_limited_for_an_account_whoever_makes_them() {
            browser.get(PagesFixture.authorize(""));
            for (int i = 0; i < 10; i++) {
                isPageToSignIn(browser.signIn("alice", "wrong"), 403);
            }
            isPageToSignIn(browser.signIn("ALICE", PagesFixture.PASSWORD), 429);
            assertThat(browser.response().header("Retry-After")).hasValue("31");
            assertThat(browser.cookies).doesNotContainKey(SESSION);
            fixture.clock.advance(Duration.ofSeconds(31));
            browser.signIn("alice", PagesFixture.PASSWORD);
            assertThat(browser.cookies).containsKey(SESSION);
        }

        @ParameterizedTest
        @CsvSource({"2001:db8:0:1:0:0:0:%d,true", "2001:db8:0:%d:0:0:0:1,false"})
        void from_all_addresses_of_one_network_are_limited_together(String address, boolean together) {
            SignIn signIn = new SignIn(fixture.accounts, new PasswordCheck(1), fixture.clock);
            List<SignIn.Outcome> outcomes = IntStream.rangeClosed(1, 101)
                    .mapToObj(number -> signIn.attempt("nobody" + number, "wrong", address.formatted(number)))
                    .toList();
            assertThat(outcomes.get(100) instanceof SignIn.Outcome.Later).isEqualTo(together);
            assertThat(outcomes.subList(0, 100)).allMatch(SignIn.Outcome.Unknown.class::isInstance);
        }

        @Test
        void for_accounts_that_nobody_has_are_limited_as_well() {
            browser.get(PagesFixture.authorize(""));
            for (int i = 0; i < 10; i++) {
                isPageToSignIn(browser.signIn("nobody", "wrong"), 403);
            }
            isPageToSignIn(browser.signIn("nobody", "wrong"), 429);
        }

        @Test
        void that_turn_out_well_count_for_nothing() {
            AttemptLimit limit = new AttemptLimit(2, Duration.ofSeconds(10));
            for (int i = 0; i < 5; i++) {
                assertThat(limit.take("a", fixture.clock.instant())).isEmpty();
                limit.giveBack("a");
            }
            assertThat(limit.take("a", fixture.clock.instant())).isEmpty();
            assertThat(limit.take("a", fixture.clock.instant())).isEmpty();
            assertThat(limit.take("a", fixture.clock.instant())).hasValue(Duration.ofSeconds(10));
            assertThat(limit.take("b", fixture.clock.instant())).isEmpty();
        }

        @Test
        void counted_by_a_clock_that_was_set_back_are_forgotten() {
            AttemptLimit limit = new AttemptLimit(1, Duration.ofSeconds(10));
            assertThat(limit.take("a", fixture.clock.instant().plusSeconds(1000)))
                    .isEmpty();
            assertThat(limit.take("a", fixture.clock.instant())).isEmpty();
        }
    }

    @Nested
    class Consent {
        @Test
        void is_asked_in_words() {
            browser.signedIn();
            isAsked(browser);
            assertThat(browser.html())
                    .contains("Orders", "See your orders", "<code>read</code>", "<li>write</li>", "shop.example.com")
                    .contains("Alice &lt;b&gt;O&#39;Neil&lt;/b&gt; (alice)");
        }

        @Test
        void is_denied_to_where_the_client_is() {
            browser.signedIn().press("deny");
            assertThat(browser.location())
                    .startsWith("https://shop.example.com/cb?")
                    .contains("error=access_denied");
            assertThat(fixture.consents.of("u-1")).isEmpty();
            isAsked(browser.get(PagesFixture.authorize("")));
        }

        @Test
        void is_remembered_until_more_is_wanted_or_it_is_taken_back() {
            String less = PagesFixture.authorize("").replace("scope=read+write", "scope=read");
            browser.signedIn();
            isCode(browser.get(less).press("approve"));
            isCode(browser.get(less));
            isAsked(browser.get(PagesFixture.authorize("")));
            isCode(browser.press("approve"));
            isCode(browser.get(PagesFixture.authorize("")));
            isCode(browser.get(less));
            assertThat(fixture.consents.revoke("u-1", SHOP)).isTrue();
            isAsked(browser.get(less));
        }

        @ParameterizedTest
        @CsvSource({
            "http://127.0.0.1/cb, none, true",
            "com.example.till:/cb, none, true",
            "https://till.example.com/cb, none, false",
            "http://127.0.0.1/cb, client_secret_basic, false"
        })
        void is_asked_each_time_for_a_client_that_any_app_of_the_machine_may_be(
                String redirectUri, String method, boolean asksAgain) {
            fixture.addNativeClient("till", method, redirectUri);
            String request = PagesFixture.authorize("")
                    .replace("client_id=shop", "client_id=till")
                    .replaceFirst("redirect_uri=[^&]*", "redirect_uri=" + redirectUri);
            browser.signedIn().get(request).press("approve");
            assertThat(browser.location()).startsWith(redirectUri).contains("code=");
            browser.get(request);
            assertThat(browser.response().status()).isEqualTo(asksAgain ? 200 : 303);
            assertThat(browser.html().contains("id=\"approve\"")).isEqualTo(asksAgain);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        @Requirement({"7591-5-01", "D-37"})
        void warns_of_a_client_that_nobody_vouches_for_and_asks_each_time(boolean open) {
            fixture.letShopRegisterItself(open ? Optional.empty() : Optional.of("crew"));
            browser.signedIn().get(PagesFixture.authorize(""));
            assertThat(browser.html().contains("id=\"unverified\"")).isEqualTo(open);
            isCode(browser.press("approve"));
            browser.get(PagesFixture.authorize(""));
            assertThat(browser.response().status()).isEqualTo(open ? 200 : 303);
        }

        @Test
        @Requirement("7591-2-07")
        void links_to_what_the_client_says_of_itself_with_the_host() {
            browser.signedIn();
            assertThat(browser.html()).doesNotContain("id=\"links\"");
            fixture.linkShop(ClientLink.POLICY_URI, "https://shop.example.com/'privacy'?a=1&b=2#é");
            browser.get(PagesFixture.authorize(""));
            assertThat(browser.html())
                    .contains(
                            "says of itself: <a href=\"https://shop.example.com/&#39;privacy&#39;?a=1&amp;b=2#%C3%A9\""
                                    + " target=\"_blank\" rel=\"noopener noreferrer\">Privacy (shop.example.com)</a>")
                    .doesNotContain("Terms of use", "About it");
            isCode(browser.press("approve"));
        }

        @Test
        void sent_twice_counts_once_or_twice_but_harms_nobody() {
            browser.signedIn();
            Form form = browser.form("approve");
            isCode(browser.submit(form, "approve"));
            isCode(browser.submit(form, "approve"));
            assertThat(fixture.consents.of("u-1")).hasSize(1);
        }

        @Test
        void of_two_tabs_is_for_what_each_of_them_shows() {
            browser.signedIn();
            Form more = browser.form("approve");
            Form less = browser.get(PagesFixture.authorize("").replace("scope=read+write", "scope=read"))
                    .form("approve");
            isCode(browser.submit(less, "approve"));
            isAsked(browser.get(PagesFixture.authorize("")));
            isCode(browser.submit(more, "approve"));
        }

        @Test
        void asks_whoever_is_not_in_need_of_the_password_again_in_another_tab() {
            browser.get(PagesFixture.authorize(""));
            Form early = browser.form("login");
            browser.signIn("alice", PagesFixture.PASSWORD);
            browser.submit(early, "login", "1", Map.of("username", "alice", "password", PagesFixture.PASSWORD));
            isAsked(browser.follow());
        }
    }

    @Nested
    class A_form {
        @ParameterizedTest
        @ValueSource(strings = {"scope", "redirect_uri", "client_id", "state", "code_challenge"})
        void that_was_shown_for_another_request_counts_for_nothing(String changed) {
            browser.signedIn();
            Form form = browser.form("approve");
            String value = changed.equals("scope")
                    ? "read"
                    : changed.equals("code_challenge") ? "F".repeat(43) : "https://shop.example.com/cb";
            browser.submit(form.with(changed, value), "approve");
            isNoCode(browser);
            assertThat(fixture.consents.of("u-1")).isEmpty();
            isCode(browser.submit(form, "approve"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"approve", "deny"})
        void with_no_token_or_another_is_shown_again(String button) {
            browser.signedIn();
            Form form = browser.form("approve");
            for (String token : List.of("", "x", "A".repeat(43), "\u00e9")) {
                browser.submit(form.with("csrf", token), button);
                assertThat(browser.response().status()).as(token).isEqualTo(403);
                assertThat(browser.html()).contains("open for too long", "id=\"approve\"");
            }
            assertThat(fixture.consents.of("u-1")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"login", "cancel"})
        void to_sign_in_with_no_token_or_another_is_shown_again(String button) {
            Form form = browser.get(PagesFixture.authorize("")).form("login");
            for (String token : List.of("", "A".repeat(43))) {
                browser.submit(
                        form.with("csrf", token),
                        button,
                        "1",
                        Map.of("username", "alice", "password", PagesFixture.PASSWORD));
                isPageToSignIn(browser, 403);
                assertThat(browser.html()).contains("open for too long");
            }
            assertThat(browser.cookies).doesNotContainKey(SESSION);
        }

        @Test
        void of_another_session_counts_for_nothing() {
            Browser mallory = fixture.browser().signedIn();
            Form mallorys = mallory.form("approve");
            browser.signedIn();
            browser.submit(mallorys, "approve");
            assertThat(browser.response().status()).isEqualTo(403);
            isNoCode(browser);
        }

        @Test
        void to_sign_in_of_another_user_agent_counts_for_nothing() {
            Form mallorys = fixture.browser().get(PagesFixture.authorize("")).form("login");
            browser.get(PagesFixture.authorize(""));
            browser.submit(mallorys, "login", "1", Map.of("username", "alice", "password", PagesFixture.PASSWORD));
            isPageToSignIn(browser, 403);
            Browser withoutCookies = fixture.browser();
            withoutCookies.submit(
                    mallorys, "login", "1", Map.of("username", "alice", "password", PagesFixture.PASSWORD));
            isPageToSignIn(withoutCookies, 403);
            assertThat(withoutCookies.cookies).doesNotContainKey(SESSION);
        }

        @Test
        void to_sign_in_is_none_to_consent_by() {
            browser.signedIn();
            Form consent = browser.form("approve");
            Form login = fixture.browser().get(PagesFixture.authorize("")).form("login");
            browser.submit(
                    consent.with(
                            "csrf",
                            login.hidden().get(login.hidden().size() - 1).getValue()),
                    "approve");
            assertThat(browser.response().status()).isEqualTo(403);
        }

        @Test
        void that_was_filled_in_after_the_session_ended_leads_to_the_page_to_sign_in() {
            browser.signedIn();
            Form form = browser.form("approve");
            fixture.sessions.endAll("u-1");
            browser.submit(form, "approve");
            isPageToSignIn(browser, 403);
            isAsked(browser.signIn("alice", PagesFixture.PASSWORD).follow());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "&approve=1",
                    "&deny=1",
                    "&login=1&username=alice&password=correct+horse+battery",
                    "&cancel=1"
                })
        void in_a_link_is_none(String fields) {
            browser.get(PagesFixture.authorize(fields));
            isPageToSignIn(browser, 200);
            browser.signedIn();
            isAsked(browser.get(PagesFixture.authorize(fields)));
        }

        @Test
        void of_a_client_is_followed_by_get_so_that_cookies_come_along() {
            Browser signedIn = browser.signedIn();
            Browser fromElsewhere = fixture.browser();
            fromElsewhere.post("/id/authorize", PagesFixture.query());
            assertThat(fromElsewhere.response().status()).isEqualTo(303);
            isAsked(signedIn.get(fromElsewhere.location()));
        }

        @Test
        void of_a_client_that_is_too_long_for_that_goes_on_at_once() {
            String longState = PagesFixture.query().replaceFirst("state=[^&]*", "state=" + "x".repeat(4000));
            browser.post("/id/authorize", longState);
            isPageToSignIn(browser, 200);
            browser.signIn("alice", PagesFixture.PASSWORD);
            isAsked(browser);
            assertThat(browser.cookies).containsKey(SESSION);
            browser.press("approve");
            assertThat(browser.location()).contains("code=");
        }
    }

    @Nested
    class A_session {
        @Test
        void lasts_half_an_hour_without_use_and_twelve_at_most() {
            browser.signedIn();
            for (int i = 0; i < 24; i++) {
                fixture.clock.advance(Duration.ofMinutes(29));
                isAsked(browser.get(PagesFixture.authorize("")));
            }
            fixture.clock.advance(Duration.ofHours(12)
                    .minus(Duration.ofMinutes(29).multipliedBy(24))
                    .minusSeconds(1));
            isAsked(browser.get(PagesFixture.authorize("")));
            fixture.clock.advance(Duration.ofSeconds(1));
            isPageToSignIn(browser.get(PagesFixture.authorize("")), 200);
        }

        @Test
        void is_none_after_half_an_hour_without_use() {
            browser.signedIn();
            fixture.clock.advance(Duration.ofMinutes(30));
            isPageToSignIn(browser.get(PagesFixture.authorize("")), 200);
        }

        @Test
        void is_none_while_the_account_is_disabled_or_gone() {
            browser.signedIn();
            fixture.accounts.change(
                    "u-1", user -> user.toBuilder().enabled(false).build());
            isPageToSignIn(browser.get(PagesFixture.authorize("")), 200);
            fixture.accounts.remove("u-1");
            isPageToSignIn(browser.get(PagesFixture.authorize("")), 200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "x", "\u00e9", "a b", "' OR '1'='1"})
        void is_none_for_a_cookie_that_was_never_given_out(String value) {
            browser.cookies.put(SESSION, value);
            isPageToSignIn(browser.get(PagesFixture.authorize("")), 200);
        }

        @Test
        void is_in_a_cookie_for_this_host_alone() {
            browser.get(PagesFixture.authorize(""));
            assertThat(cookies()).allMatch(cookie -> cookie.endsWith("; Path=/; HttpOnly; SameSite=Lax; Secure"));
            browser.signIn("alice", PagesFixture.PASSWORD);
            assertThat(cookies())
                    .singleElement()
                    .asString()
                    .matches("__Host-signet=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure");
        }

        @Test
        void is_in_a_cookie_without_prefix_on_the_machine_itself() {
            PagesFixture local = new PagesFixture(Issuer.of("http://localhost:8080/id"), Optional.empty(), "The shop");
            Browser there = local.browser().get(PagesFixture.authorize(""));
            assertThat(there.cookies).containsOnlyKeys("signet-form");
        }

        private List<String> cookies() {
            return browser.response().headers().stream()
                    .filter(header -> header.name().equals("Set-Cookie"))
                    .map(Header::value)
                    .toList();
        }
    }

    @Nested
    class A_wrong_request {
        @Test
        @Requirement("9700-4.11-01")
        void is_sent_back_only_after_somebody_signed_in() {
            String wrong = PagesFixture.authorize("").replace("scope=read+write", "scope=unknown");
            browser.get(wrong);
            isPageToSignIn(browser, 200);
            browser.signIn("alice", PagesFixture.PASSWORD).follow();
            assertThat(browser.location())
                    .startsWith("https://shop.example.com/cb?")
                    .contains("error=invalid_scope");
        }

        @Test
        @Requirement("9700-2.1-01")
        void with_a_strange_redirect_uri_goes_nowhere() {
            browser.get(PagesFixture.authorize("").replace("shop.example.com", "evil.example.com"));
            assertThat(browser.response().status()).isEqualTo(400);
            assertThat(browser.response().header("Location")).isEmpty();
            assertThat(browser.html())
                    .contains("This can’t go on", "invalid_request")
                    .doesNotContain("evil");
        }
    }

    @Nested
    class Every_page {
        private List<ProtocolResponse> pages() {
            ProtocolResponse login = browser.get(PagesFixture.authorize("")).response();
            ProtocolResponse again = browser.signIn("alice", "wrong").response();
            ProtocolResponse consent = browser.signedIn().response();
            ProtocolResponse account = browser.get("/id/account").response();
            ProtocolResponse leaving = browser.get("/id/logout").response();
            ProtocolResponse left = browser.press("logout").follow().response();
            ProtocolResponse error =
                    browser.get("/id/authorize?client_id=unknown").response();
            return List.of(login, again, consent, account, leaving, left, error);
        }

        @Test
        @Requirement({"6749-10.13-01", "9700-4.2-01"})
        void stays_out_of_frames_and_caches_and_loads_nothing_from_elsewhere() {
            for (ProtocolResponse page : pages()) {
                assertThat(page.header("Content-Security-Policy").orElseThrow())
                        .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                        .doesNotContain("unsafe", "*", "http");
                assertThat(page.header("X-Frame-Options")).hasValue("DENY");
                assertThat(page.header("Referrer-Policy")).hasValue("no-referrer");
                assertThat(page.header("X-Content-Type-Options")).hasValue("nosniff");
                assertThat(page.header("Cache-Control")).hasValue("no-store");
                assertThat(new String(page.body(), StandardCharsets.UTF_8))
                        .doesNotContain("<script", "style=")
                        .doesNotContainPattern("(src|href|action)=\"(?!/id/)");
            }
        }

        @Test
        void shows_what_others_say_as_text() {
            String evil = "{{ 7*7 }} <script>alert(1)</script> &amp; ' onload=x";
            PagesFixture hostile = new PagesFixture(Issuer.of("https://as.example.com/id"), Optional.empty(), evil);
            Browser there = hostile.browser().get(PagesFixture.authorize(""));
            assertThat(there.html())
                    .contains("{{ 7*7 }} &lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &#39; onload=x")
                    .doesNotContain("<script", "49 ");
            there.signIn("\"><script>{{ 6*6 }}", "x");
            assertThat(there.html())
                    .contains("value=\"&quot;&gt;&lt;script&gt;{{ 6*6 }}\"")
                    .doesNotContain("<script");
        }

        @Test
        void speaks_the_language_of_its_reader() {
            assertThat(browser.get(PagesFixture.authorize(""), "de-AT, en;q=0.5")
                            .html())
                    .contains("<html lang=\"de\">", "Anmelden", "um zu The shop zu gelangen");
            assertThat(browser.get(PagesFixture.authorize(""), "fr, tlh").html())
                    .contains("<html lang=\"en\">");
            assertThat(browser.get(PagesFixture.authorize("&ui_locales=de+fr"), "en")
                            .html())
                    .contains("<html lang=\"de\">");
            assertThat(browser.get(PagesFixture.authorize("&ui_locales=%3Cx%3E"), ";;;q=x")
                            .html())
                    .contains("<html lang=\"en\">");
        }

        @ParameterizedTest
        @ValueSource(strings = {"-", "--", "-,%", "en,-", "*", "-*"})
        void takes_languages_that_are_none_for_none(String languages) {
            isPageToSignIn(browser.get(PagesFixture.authorize(""), languages), 200);
            isPageToSignIn(browser.get("/id/account", languages), 200);
            isPageToSignIn(
                    browser.get(PagesFixture.authorize("&ui_locales=" + languages.replace("%", "%25")), "en"), 200);
            assertThat(browser.get("/id/authorize", languages).response().status())
                    .isEqualTo(400);
        }

        @Test
        void answers_head_as_get_and_no_other_method() {
            for (String path : List.of("/id/account", "/id/logout")) {
                assertThat(fixture.handle(ProtocolRequest.builder("HEAD", path).build())
                                .status())
                        .isEqualTo(200);
                ProtocolResponse refused =
                        fixture.handle(ProtocolRequest.builder("DELETE", path).build());
                assertThat(refused.status()).isEqualTo(405);
                assertThat(refused.header("Allow")).hasValue("GET, HEAD, POST");
            }
        }

        @Test
        void has_no_failure_for_garbage() {
            for (String form : List.of("%", "login=%ff", "login=1&login=2&csrf=a&csrf=b", "revoke=%00", "=&==&&")) {
                for (String path : List.of("/id/account", "/id/logout", "/id/authorize")) {
                    assertThat(browser.post(path, form).response().status())
                            .as(path + " " + form)
                            .isLessThan(500);
                }
            }
            assertThat(fixture.handle(ProtocolRequest.builder("POST", "/id/account")
                                    .header("Content-Type", "text/plain")
                                    .build())
                            .status())
                    .isEqualTo(400);
        }
    }
}

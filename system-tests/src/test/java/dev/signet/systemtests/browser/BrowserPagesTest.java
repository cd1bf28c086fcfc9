package dev.signet.systemtests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.signet.core.authorization.CodeVerifier;
import dev.signet.core.http.FormParameters;
import dev.signet.systemtests.peer.JavaScript;
import dev.signet.systemtests.process.ServerProcess;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** People, their browser and the running program. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("browser")
class BrowserPagesTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String SECRET = "a secret of a client that is long enough to be one";
    private static final String HASH =
            "$argon2id$v=19$m=19456,t=2,p=1$iX0H4jsrQ9M3SxROT/a48g$6HgkLSeuK2YI6tGAROQiu0/X48Ndq+ievhW6viw4+fw";

    @TempDir
    static Path folder;

    private final CodeVerifier verifier = new CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    private ServerProcess server;
    private HttpServer application;
    private String callback = "";
    private int profiles;

    @BeforeAll
    void start() throws IOException {
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/", exchange -> {
            byte[] page =
                    "<!doctype html><title>The shop</title><p>Back at the shop</p>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        application.start();
        callback = "http://127.0.0.1:" + application.getAddress().getPort() + "/cb";
        int port = ServerProcess.freePort();
        server = ServerProcess.start(folder, """
                issuer: http://127.0.0.1:%d
                listen: {host: 127.0.0.1, port: %d}
                store: {url: "jdbc:h2:file:./signet"}
                resources:
                  - resource: "https://api.example.com/orders"
                    name: Orders
                    scopes: {orders.read: See your orders, orders.write: Place and cancel orders for you}
                    default: true
                clients:
                  - client_id: shop
                    client_name: The Corner Shop
                    token_endpoint_auth_method: client_secret_post
                    client_secret: "%s"
                    grant_types: [authorization_code]
                    redirect_uris: ["%s"]
                    application_type: native
                    scope: orders.read orders.write
                users:
                  - {sub: u-1, username: alice, password_hash: "%s", attributes: {name: Alice Archer}}
                """.formatted(port, port, SECRET, callback, HASH), port);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
        if (application != null) {
            application.stop(0);
        }
    }

    private Chromium browser(String... more) {
        return Chromium.start(folder.resolve("profile-" + profiles++), more);
    }

    private String authorize(String scope) {
        return server.uri("/authorize?"
                        + FormParameters.encode(List.of(
                                Map.entry("response_type", "code"),
                                Map.entry("client_id", "shop"),
                                Map.entry("redirect_uri", callback),
                                Map.entry("scope", scope),
                                Map.entry("state", "s&<>\"'"),
                                Map.entry("code_challenge", verifier.challenge().value()),
                                Map.entry("code_challenge_method", "S256"))))
                .toString();
    }

    private String authorize() {
        return authorize("orders.read orders.write");
    }

    private HttpResponse<String> exchange(String url) throws IOException, InterruptedException {
        String code = FormParameters.parse(String.valueOf(URI.create(url).getRawQuery()))
                .require("code");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.uri("/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(FormParameters.encode(List.of(
                                        Map.entry("grant_type", "authorization_code"),
                                        Map.entry("code", code),
                                        Map.entry("redirect_uri", callback),
                                        Map.entry("client_id", "shop"),
                                        Map.entry("client_secret", SECRET),
                                        Map.entry("code_verifier", verifier.value())))))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private void forgetConsents(Chromium browser) {
        browser.open(server.uri("/account").toString());
        if (browser.has("login")) {
            browser.signIn("alice", PASSWORD);
        }
        if (!browser.text().contains("nothing so far")) {
            browser.leavingBy("document.querySelector('button[name=revoke]').click()");
            assertThat(browser.text()).contains("has to ask you again");
        }
    }

    @Nested
    class The_way_of_a_person {
        @Test
        @Requirement({"6749-3.1-01", "9700-2.1-04"})
        void leads_from_the_client_over_two_pages_to_a_token() throws Exception {
            try (Chromium browser = browser()) {
                forgetConsents(browser);
                browser.forgetCookies();
                browser.open(authorize());
                assertThat(browser.text()).contains("Sign in", "to continue to The Corner Shop");
                assertThat(browser.focused()).isEqualTo("username");
                browser.signIn("alice", "not the password");
                assertThat(browser.text()).contains("go together");
                assertThat(browser.focused()).isEqualTo("password");
                browser.type("password", PASSWORD);
                browser.press("login");
                assertThat(browser.text())
                        .contains("The Corner Shop asks for access", "Alice Archer (alice)", "Place and cancel orders");
                browser.press("approve");
                assertThat(browser.url()).startsWith(callback + "?").contains("code=", "iss=");
                HttpResponse<String> token = exchange(browser.url());
                assertThat(token.statusCode()).as(token.body()).isEqualTo(200);
                assertThat(token.body()).contains("access_token");

                browser.open(authorize("orders.read"));
                assertThat(browser.url())
                        .as("remembered")
                        .startsWith(callback + "?")
                        .contains("code=");

                browser.open(server.uri("/logout").toString());
                browser.press("logout");
                assertThat(browser.text()).contains("You are signed out");
                browser.open(authorize());
                assertThat(browser.has("login")).isTrue();
            }
        }

        @Test
        void is_the_same_without_scripts() throws Exception {
            try (Chromium browser = browser("--blink-settings=scriptEnabled=false")) {
                browser.open(authorize());
                browser.signIn("alice", PASSWORD);
                if (browser.has("approve")) {
                    browser.press("approve");
                }
                assertThat(browser.url()).startsWith(callback + "?").contains("code=");
                assertThat(exchange(browser.url()).statusCode()).isEqualTo(200);
            }
        }

        @Test
        void ends_with_a_refusal_where_it_is_left() {
            try (Chromium browser = browser()) {
                browser.open(authorize());
                browser.press("cancel");
                assertThat(browser.url()).startsWith(callback).contains("error=access_denied");
                forgetConsents(browser);
                browser.open(authorize());
                browser.press("deny");
                assertThat(browser.url())
                        .startsWith(callback)
                        .contains("error=access_denied")
                        .doesNotContain("code=");
            }
        }
    }

    @Nested
    class Odd_ways {
        @Test
        void back_and_again_lead_to_the_same_end() {
            try (Chromium browser = browser()) {
                forgetConsents(browser);
                browser.forgetCookies();
                browser.open(authorize());
                browser.signIn("alice", PASSWORD);
                assertThat(browser.has("approve")).isTrue();
                browser.back();
                assertThat(browser.has("login") || browser.has("approve")).isTrue();
                if (browser.has("login")) {
                    browser.signIn("alice", PASSWORD);
                }
                browser.press("approve");
                assertThat(browser.url()).contains("code=");
                browser.back();
                assertThat(browser.url())
                        .contains("/authorize")
                        .as(browser.text())
                        .isNotEmpty();
            }
        }

        @Test
        void pressing_twice_gives_one_answer() {
            try (Chromium browser = browser()) {
                forgetConsents(browser);
                browser.open(authorize());
                browser.leavingBy("const b = document.getElementById('approve'); b.click(); b.click()");
                assertThat(browser.text()).contains("Back at the shop");
                assertThat(browser.url()).contains("code=");
            }
        }

        @Test
        void two_tabs_are_for_what_each_of_them_shows() {
            try (Chromium browser = browser()) {
                forgetConsents(browser);
                browser.forgetCookies();
                browser.open(authorize());
                String first = browser.tab();
                String second = browser.newTab();
                browser.open(authorize("orders.read"));
                browser.signIn("alice", PASSWORD);
                assertThat(browser.text()).contains("See your orders").doesNotContain("Place and cancel");
                browser.show(first);
                browser.signIn("alice", PASSWORD);
                assertThat(browser.text()).contains("Place and cancel");
                browser.show(second);
                browser.press("approve");
                // The session that it was shown in has ended when the other tab signed in.
                assertThat(browser.text()).contains("open for too long", "See your orders");
                browser.press("approve");
                assertThat(browser.url()).contains("code=");
                browser.show(first);
                browser.press("approve");
                assertThat(browser.url()).contains("code=");
            }
        }

        @Test
        void a_page_that_outlasted_its_session_says_so() {
            try (Chromium browser = browser()) {
                forgetConsents(browser);
                browser.open(authorize());
                assertThat(browser.has("approve")).isTrue();
                browser.forgetCookies();
                browser.press("approve");
                assertThat(browser.text()).contains("open for too long");
                browser.signIn("alice", PASSWORD);
                assertThat(browser.has("approve")).isTrue();
            }
        }

        @Test
        @Requirement("9700-2.1-01")
        void an_unknown_client_gets_nobody_anywhere() {
            try (Chromium browser = browser()) {
                browser.open(authorize().replace("client_id=shop", "client_id=evil"));
                assertThat(browser.url()).startsWith(server.uri("/authorize").toString());
                assertThat(browser.text()).contains("This can’t go on", "invalid_request");
            }
        }
    }

    @Nested
    class Each_page {
        @Test
        void has_no_fault_that_axe_finds_and_is_shown_in_each_look() throws Exception {
            String axe = Files.readString(JavaScript.install(folder).installed("node_modules/axe-core/axe.min.js"));
            try (Chromium browser = browser()) {
                forgetConsents(browser);
                check(browser, axe, "account-empty");
                browser.forgetCookies();
                browser.open(authorize());
                check(browser, axe, "sign-in");
                browser.signIn("alice", "not the password");
                check(browser, axe, "sign-in-wrong");
                browser.signIn("alice", PASSWORD);
                check(browser, axe, "consent");
                browser.press("approve");
                browser.open(server.uri("/account").toString());
                check(browser, axe, "account");
                browser.open(server.uri("/logout").toString());
                check(browser, axe, "sign-out");
                browser.press("logout");
                check(browser, axe, "signed-out");
                browser.open(authorize().replace("client_id=shop", "client_id=evil"));
                check(browser, axe, "error");
            }
        }

        private void check(Chromium browser, String axe, String page) {
            for (boolean dark : List.of(false, true)) {
                for (boolean phone : List.of(false, true)) {
                    browser.look(dark, phone);
                    String name = page + (dark ? "-dark" : "-light") + (phone ? "-phone" : "-desk");
                    browser.screenshot(name);
                    browser.run(axe);
                    Object violations = browser.runLong("const done = arguments[arguments.length - 1];"
                            + "axe.run().then(found => done(found.violations.map(each => each.id + ': ' +"
                            + " each.nodes.map(node => node.html).join(' '))), failed => done([String(failed)]))");
                    assertThat(violations).as(name).isEqualTo(List.of());
                    assertThat(browser.run("return document.documentElement.scrollWidth <= window.innerWidth"))
                            .as(name + " is no wider than its window")
                            .isEqualTo(true);
                }
            }
        }
    }
}

package dev.signet.app.useragent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signet.core.http.FormParameters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserAgentTest {

    private static final String CLIENT = "https://shop.example.com/callback";

    private static final String PAGE = """
            <form method="get" action="/search"><input name="q"></form>
            <FORM action="/next?a=1&amp;b=2" METHOD="post">
            <input type="hidden" name="csrf" value="&lt;&quot;&#39;&#x26;">
            <input name='ignored' >
            <input id="u" name="username" value="alice">
            <input type="checkbox" name="stay" value="yes"><input type="checkbox" name="news" value="no" checked>
            <button name="login" value="1">Sign in</button><button id="x">Nothing</button>
            </FORM>
            <form method="post" action="https://shop.example.com/callback"><input type="hidden" name="code" value="c 1"></form>
            """;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final UserAgent browser = new UserAgent(CLIENT);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/page", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "session=1; Path=/; HttpOnly; SameSite=Lax");
            answer(exchange, 200, PAGE);
        });
        server.createContext("/next", exchange -> redirect(exchange, 303, "/there"));
        server.createContext("/there", exchange -> answer(exchange, 403, "<p>No</p>"));
        server.createContext("/back", exchange -> redirect(exchange, 302, CLIENT + "?code=c%201&state=s"));
        server.createContext("/again", exchange -> redirect(exchange, 307, "/there"));
        server.createContext("/round", exchange -> redirect(exchange, 303, "/round"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange, int status, String html) throws IOException {
        note(exchange);
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void redirect(HttpExchange exchange, int status, String location) throws IOException {
        note(exchange);
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void note(HttpExchange exchange) throws IOException {
        seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Cookie") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    @Test
    void sends_the_form_that_asks_for_this_with_what_it_holds_and_follows_with_cookies() throws Exception {
        Page page = browser.open(at("/page"));
        assertThat(page.asksFor("username")).isTrue();
        assertThat(page.asksFor("csrf")).as("is hidden").isFalse();
        assertThat(page.asksFor("q")).as("is not posted").isFalse();

        Page next = browser.send(page, Map.of("username", "bob", "login", "1"));
        assertThat(next.status()).isEqualTo(403);
        assertThat(next.html()).isEqualTo("<p>No</p>");
        assertThat(next.uri()).isEqualTo(at("/there"));
        assertThat(seen).hasSize(3);
        assertThat(seen.get(1)).startsWith("POST /next?a=1&b=2 session=1 ");
        FormParameters sent =
                FormParameters.parse(seen.get(1).substring(seen.get(1).lastIndexOf(' ') + 1));
        assertThat(sent.require("csrf")).isEqualTo("<\"'&");
        assertThat(sent.require("username")).isEqualTo("bob");
        assertThat(sent.require("news")).isEqualTo("no");
        assertThat(sent.names()).contains("login").doesNotContain("stay", "q");
        assertThat(seen.get(2)).isEqualTo("GET /there session=1 ");
    }

    @Test
    void stops_where_the_client_begins() throws Exception {
        Page back = browser.open(at("/back"));
        assertThat(back.response()).isEqualTo("code=c%201&state=s");
        assertThat(back.uri()).hasToString(CLIENT + "?code=c%201&state=s");

        Page page = browser.open(at("/page"));
        Page posted =
                browser.send(new Page(page.uri(), 200, page.html().replaceAll("(?s)<FORM.*</FORM>", ""), ""), Map.of());
        assertThat(posted.response()).isEqualTo("code=c+1");
        assertThat(posted.uri()).hasToString(CLIENT);
        assertThat(seen).hasSize(2);
    }

    @Test
    void refuses_what_no_browser_should_be_asked_for() throws Exception {
        assertThatIllegalStateException().isThrownBy(() -> browser.open(at("/again")));
        assertThatIllegalStateException().isThrownBy(() -> browser.open(at("/round")));
        Page page = browser.open(at("/page"));
        assertThatIllegalStateException()
                .isThrownBy(() -> browser.send(page, Map.of("password", "s3cret")))
                .withMessageContaining("password")
                .withMessageNotContaining("s3cret");
    }
}

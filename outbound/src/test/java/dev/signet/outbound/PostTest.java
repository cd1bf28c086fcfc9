package dev.signet.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.signet.core.http.Header;
import dev.signet.outbound.OutboundException.Reason;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostTest {
    private static final byte[] FORM = "grant_type=client_credentials".getBytes(StandardCharsets.US_ASCII);

    private final LocalServer server = LocalServer.http();
    private final OutboundHttp http =
            OutboundHttp.builder().allowHosts(Set.of("127.0.0.1")).build();

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpReply post(List<Header> headers) {
        return http.post(server.uri("/token"), headers, FORM, FetchLimits.TOKEN_RESPONSE);
    }

    private void assertFails(LocalServer.Answer answer, Reason reason) {
        server.answering(answer);
        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> post(List.of()))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    @Test
    void the_form_and_the_headers_arrive() {
        server.answering(Answers.json("{\"a\":1}"));
        HttpReply reply = post(List.of(new Header("Authorization", "Basic abc")));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.contentType()).contains("application/json");
        assertThat(reply.body()).asString().isEqualTo("{\"a\":1}");
        assertThat(server.requests())
                .singleElement()
                .asString()
                .startsWith("POST /token HTTP/1.1\r\n")
                .contains(
                        "\r\nAuthorization: Basic abc\r\n",
                        "\r\nContent-Type: application/x-www-form-urlencoded\r\n",
                        "\r\nContent-Length: 29\r\n")
                .endsWith("\r\n\r\ngrant_type=client_credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void so_does_json(String method) {
        server.answering(Answers.status("201 Created"));
        byte[] json = "{\"a\":1}".getBytes(StandardCharsets.US_ASCII);
        List<Header> headers = List.of(new Header("Authorization", "Bearer abc"));
        HttpReply reply = http.send(method, server.uri("/register"), headers, json, FetchLimits.TOKEN_RESPONSE);
        assertThat(reply.status()).isEqualTo(201);
        assertThat(server.requests())
                .singleElement()
                .asString()
                .startsWith(method + " /register HTTP/1.1\r\n")
                .contains(
                        "\r\nAuthorization: Bearer abc\r\n",
                        "\r\nContent-Type: application/json\r\n",
                        "\r\nContent-Length: 7\r\n")
                .endsWith("\r\n\r\n{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void nothing_is_sent_where_there_is_nothing_to_send(String method) {
        server.answering(Answers.raw("HTTP/1.1 204 No Content\r\n\r\n"));
        byte[] nothing = new byte[0];
        http.send(method, server.uri("/register/a"), List.of(), nothing, FetchLimits.TOKEN_RESPONSE);
        assertThat(server.requests())
                .singleElement()
                .asString()
                .startsWith(method + " /register/a HTTP/1.1\r\n")
                .doesNotContain("Content-")
                .endsWith("\r\n\r\n");
    }

    @Test
    void a_method_goes_with_a_body_or_without() {
        for (String method : List.of("GET", "DELETE", "PATCH", "TRACE", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> http.send(method, server.uri("/"), List.of(), FORM, FetchLimits.TOKEN_RESPONSE));
        }
        for (String method : List.of("POST", "PUT", "get", "OPTIONS")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            http.send(method, server.uri("/"), List.of(), new byte[0], FetchLimits.TOKEN_RESPONSE));
        }
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "400 Bad Request", "401 Unauthorized", "429 Slow", "503 Later"})
    void the_answer_is_given_whatever_its_status(String status) {
        server.answering(Answers.status(status));
        assertThat(post(List.of()).status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
    }

    @Test
    void fields_of_the_answer_can_be_asked_for() {
        server.answering(Answers.json("{}", "Retry-After: 7"));
        assertThat(post(List.of()).headers("retry-after")).containsExactly("7");
        assertThat(post(List.of()).headers("absent")).isEmpty();
    }

    @Test
    void an_answer_without_body_needs_no_type() {
        server.answering(Answers.raw("HTTP/1.1 204 No Content\r\n\r\n"));
        assertThat(post(List.of()).body()).isEmpty();
        server.answering(Answers.raw("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        assertThat(post(List.of()).contentType()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"429 Slow", "502 Bad Gateway", "503 Later"})
    void an_answer_that_says_to_ask_later_is_given_whatever_its_type(String status) {
        server.answering(
                Answers.raw("HTTP/1.1 " + status + "\r\nContent-Type: text/html\r\nRetry-After: 7\r\n\r\n<html>"));

        HttpReply reply = post(List.of());
        assertThat(reply.saysLater()).isTrue();
        assertThat(reply.headers("Retry-After")).containsExactly("7");
        server.answering(Answers.status("400 Bad Request"));
        assertThat(post(List.of()).saysLater()).isFalse();
    }

    @Test
    @Requirement("D-42")
    void the_same_limits_hold() {
        assertFails(Answers.raw("HTTP/1.1 307 Elsewhere\r\nLocation: https://other.example/\r\n\r\n"), Reason.REDIRECT);
        assertFails(
                Answers.raw("HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html>"), Reason.CONTENT_TYPE);
        assertFails(
                Answers.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 65537\r\n\r\n"),
                Reason.TOO_LARGE);
        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> http.post(
                        URI.create("http://localhost:" + server.port()), List.of(), FORM, FetchLimits.TOKEN_RESPONSE))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.URI_REFUSED));
        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> http.post(
                        URI.create("https://localhost:" + server.port()), List.of(), FORM, FetchLimits.TOKEN_RESPONSE))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.ADDRESS_REFUSED));
    }

    @Test
    void a_server_that_does_not_read_is_left_at_the_deadline() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/");
            FetchLimits limits = FetchLimits.TOKEN_RESPONSE.withTimeout(Duration.ofMillis(300));
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThatExceptionOfType(OutboundException.class)
                            .isThrownBy(() -> http.post(uri, List.of(), new byte[16_000_000], limits))
                            .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host", "content-length", "Transfer-Encoding", "CONNECTION", "Content-Type", "Cookie", "Expect"})
    void fields_that_frame_the_request_are_not_the_callers(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> post(List.of(new Header(name, "1"))))
                .withMessageContaining(name);
        assertThat(server.connections()).isZero();
    }

    @Test
    void neither_reply_nor_document_shows_its_content() {
        server.answering(Answers.json("{\"access_token\":\"secret\"}"));
        assertThat(post(List.of()).toString()).doesNotContain("secret");
        assertThat(http.get(server.uri("/"), FetchLimits.TOKEN_RESPONSE).toString())
                .doesNotContain("secret");
    }
}

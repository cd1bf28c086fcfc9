package dev.signet.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.signet.outbound.LocalServer.Answer;
import dev.signet.outbound.OutboundException.Reason;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetching from a server that answers in every way it should not. */
@Requirement("D-42")
class MisbehavingServerTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final FetchLimits IMPATIENT = FetchLimits.JWK_SET.withTimeout(Duration.ofMillis(200));

    private final LocalServer server = LocalServer.http();
    private final OutboundHttp http =
            OutboundHttp.builder().allowHosts(Set.of("127.0.0.1")).build();

    @AfterEach
    void stop() {
        server.close();
    }

    private FetchedDocument fetch(Answer answer) {
        return http.get(server.answering(answer).uri("/jwks"), FetchLimits.JWK_SET);
    }

    private void assertFails(Answer answer, FetchLimits limits, Reason reason) {
        server.answering(answer);
        assertTimeoutPreemptively(
                PATIENCE,
                () -> assertThatExceptionOfType(OutboundException.class)
                        .isThrownBy(() -> http.get(server.uri("/jwks"), limits))
                        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(reason)));
    }

    private void assertFails(Answer answer, Reason reason) {
        assertFails(answer, FetchLimits.JWK_SET, reason);
    }

    @Nested
    class Rfc_9112_6_3_length_of_the_body {

        @Test
        void is_stated() {
            assertThat(fetch(Answers.raw(HEAD + "Content-Length: 2\r\n\r\n{}and more"))
                            .body())
                    .asString()
                    .isEqualTo("{}");
        }

        @Test
        void is_in_the_chunks() {
            String chunks = "1\r\n{\r\n00001;name=\"value\"\r\n}\r\n0\r\nTrailer: ignored\r\n\r\n";
            FetchedDocument document = fetch(Answers.raw(HEAD + "Transfer-Encoding: Chunked\r\n\r\n" + chunks));
            assertThat(document.body()).asString().isEqualTo("{}");
        }

        @Test
        void is_that_of_the_connection() {
            assertThat(fetch(Answers.raw(HEAD + "\r\n{}")).body()).asString().isEqualTo("{}");
            assertThat(fetch(Answers.raw(HEAD.replace("1.1", "1.0") + "\r\n{}")).body())
                    .asString()
                    .isEqualTo("{}");
        }

        @Test
        void interim_responses_come_before() {
            String interim = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
            assertThat(fetch(Answers.raw(interim + HEAD + "Content-Length: 2\r\n\r\n{}"))
                            .body())
                    .hasSize(2);
            assertFails(Answers.flood("", interim), Reason.MALFORMED_RESPONSE);
            assertFails(Answers.raw("HTTP/1.1 101 Switching Protocols\r\n\r\n"), Reason.MALFORMED_RESPONSE);
        }
    }

    @Nested
    class Slow {

        @Test
        void answer_that_never_comes() {
            assertFails(Answers.after(new CountDownLatch(1), Answers.json("{}")), IMPATIENT, Reason.TIMEOUT);
        }

        @Test
        void status_line_octet_by_octet() {
            assertFails(Answers.drip("", "H"), IMPATIENT, Reason.TIMEOUT);
        }

        @Test
        void header_octet_by_octet() {
            assertFails(Answers.drip(HEAD + "X: ", "x"), IMPATIENT, Reason.TIMEOUT);
        }

        @Test
        void body_octet_by_octet() {
            assertFails(Answers.drip(HEAD + "Content-Length: 200000\r\n\r\n", " "), IMPATIENT, Reason.TIMEOUT);
            assertFails(Answers.drip(HEAD + "\r\n", " "), IMPATIENT, Reason.TIMEOUT);
        }

        @Test
        void chunks_of_one_octet() {
            assertFails(
                    Answers.drip(HEAD + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"), IMPATIENT, Reason.TIMEOUT);
        }

        @Test
        void answer_within_the_limit_is_taken() {
            CountDownLatch gate = new CountDownLatch(1);
            server.answering(Answers.after(gate, Answers.json("{}")));
            gate.countDown();
            assertThat(http.get(server.uri("/"), FetchLimits.JWK_SET).body()).hasSize(2);
        }
    }

    @Nested
    class Huge {
        private static final FetchLimits TEN = new FetchLimits(10, Set.of("application/json"), Duration.ofSeconds(5));

        @Test
        void body_by_its_stated_length() {
            assertFails(Answers.raw(HEAD + "Content-Length: 262145\r\n\r\n"), Reason.TOO_LARGE);
            assertFails(Answers.raw(HEAD + "Content-Length: 999999999999999999\r\n\r\n"), Reason.TOO_LARGE);
        }

        @Test
        void body_without_end() {
            assertFails(Answers.flood(HEAD + "\r\n", " "), Reason.TOO_LARGE);
        }

        @Test
        void chunks_without_end() {
            assertFails(Answers.flood(HEAD + "Transfer-Encoding: chunked\r\n\r\n", "5\r\nxxxxx\r\n"), Reason.TOO_LARGE);
        }

        @Test
        void single_chunk() {
            assertFails(Answers.raw(HEAD + "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n"), Reason.TOO_LARGE);
        }

        @Test
        void body_by_one_octet() {
            String ten = "1234567890";
            assertThat(http.get(server.answering(Answers.json(ten)).uri("/"), TEN)
                            .body())
                    .hasSize(10);
            assertFails(Answers.json(ten + "1"), TEN, Reason.TOO_LARGE);
            String chunked = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
            assertThat(http.get(
                                    server.answering(Answers.raw(chunked + "a\r\n" + ten + "\r\n0\r\n\r\n"))
                                            .uri("/"),
                                    TEN)
                            .body())
                    .hasSize(10);
            assertFails(Answers.raw(chunked + "a\r\n" + ten + "\r\n1\r\n1\r\n0\r\n\r\n"), TEN, Reason.TOO_LARGE);
            assertThat(http.get(
                                    server.answering(Answers.raw(HEAD + "\r\n" + ten))
                                            .uri("/"),
                                    TEN)
                            .body())
                    .hasSize(10);
            assertFails(Answers.raw(HEAD + "\r\n" + ten + "1"), TEN, Reason.TOO_LARGE);
        }

        @Test
        void header_field_without_end() {
            assertFails(Answers.flood(HEAD + "X: ", "x"), Reason.TOO_LARGE);
        }

        @Test
        void number_of_header_fields() {
            assertFails(Answers.flood(HEAD, "X: y\r\n"), Reason.TOO_LARGE);
            assertThat(fetch(Answers.raw(HEAD + "X: y\r\n".repeat(99) + "\r\n{}"))
                            .body())
                    .hasSize(2);
            assertFails(Answers.raw(HEAD + "X: y\r\n".repeat(100) + "\r\n{}"), Reason.TOO_LARGE);
        }

        @Test
        void trailers_without_end() {
            assertFails(
                    Answers.flood(HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X: yyyyyyyyyy\r\n"),
                    Reason.TOO_LARGE);
        }

        @Test
        void chunk_extension_without_end() {
            assertFails(Answers.flood(HEAD + "Transfer-Encoding: chunked\r\n\r\n1;", "x"), Reason.TOO_LARGE);
        }
    }

    @Nested
    class Redirecting {

        @ParameterizedTest
        @ValueSource(ints = {300, 301, 302, 303, 304, 305, 307, 308})
        void is_not_followed(int status) {
            LocalServer elsewhere = LocalServer.http();
            try (elsewhere) {
                String location =
                        elsewhere.answering(Answers.json("{}")).uri("/").toString();
                assertFails(
                        Answers.raw("HTTP/1.1 " + status + " Moved\r\nLocation: " + location
                                + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"),
                        Reason.REDIRECT);
                assertThat(elsewhere.connections()).isZero();
                assertThat(server.connections()).isEqualTo(1);
            }
        }
    }

    @Nested
    class Answering_with_another_status {

        @ParameterizedTest
        @ValueSource(ints = {201, 204, 206, 400, 401, 404, 429, 500, 503})
        void is_a_failure_that_tells_it(int status) {
            server.answering(Answers.status(status + " Whatever"));
            assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(() -> http.get(server.uri("/"), FetchLimits.JWK_SET))
                    .satisfies(failure -> {
                        assertThat(failure.reason()).isEqualTo(Reason.STATUS);
                        assertThat(failure.status()).hasValue(status);
                    });
        }
    }

    @Nested
    class Content_type {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/json",
                    "application/jwk-set+json",
                    "APPLICATION/JSON",
                    "application/json; charset=utf-8",
                    "application/json;charset=utf-8"
                })
        void that_is_expected_is_taken(String type) {
            assertThat(fetch(Answers.raw("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n{}"))
                            .contentType())
                    .isIn(FetchLimits.JWK_SET.contentTypes());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Content-Type: text/html",
                    "Content-Type: text/plain",
                    "Content-Type: application/jsonp",
                    "Content-Type: application/octet-stream",
                    "Content-Type: ",
                    "Content-Typ: application/json"
                })
        void that_is_another_is_refused(String field) {
            assertFails(Answers.raw("HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n{}"), Reason.CONTENT_TYPE);
        }

        @Test
        void that_comes_twice_is_refused() {
            assertFails(Answers.json("{}", "Content-Type: text/html"), Reason.MALFORMED_RESPONSE);
        }

        @Test
        void is_not_taken_when_encoded() {
            assertFails(Answers.json("{}", "Content-Encoding: gzip"), Reason.CONTENT_TYPE);
            assertThat(fetch(Answers.json("{}", "Content-Encoding: identity")).body())
                    .hasSize(2);
        }
    }

    @Nested
    class Dying {

        @Test
        void before_an_answer() {
            assertFails(Answers.raw(""), Reason.BROKEN_OFF);
        }

        @Test
        void in_the_head() {
            assertFails(Answers.raw(HEAD), Reason.BROKEN_OFF);
            assertFails(Answers.raw("HTTP/1.1 20"), Reason.BROKEN_OFF);
        }

        @Test
        void in_the_body() {
            assertFails(Answers.raw(HEAD + "Content-Length: 3\r\n\r\n{}"), Reason.BROKEN_OFF);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "2", "2\r\n{", "2\r\n{}", "2\r\n{}\r\n", "2\r\n{}\r\n0\r\n"})
        void in_the_chunks(String chunks) {
            assertFails(Answers.raw(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunks), Reason.BROKEN_OFF);
        }

        @Test
        void leaves_nobody_to_connect_to() {
            LocalServer gone = LocalServer.http();
            gone.close();
            assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(() -> http.get(gone.uri("/"), FetchLimits.JWK_SET))
                    .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.CONNECT_FAILED));
        }
    }

    @Nested
    class Not_speaking_http {

        static Stream<Arguments> heads() {
            return Stream.of(
                            "SSH-2.0-OpenSSH_9.2\r\n",
                            "HTTP/2 200\r\n\r\n",
                            "HTTP/1.2 200 OK\r\n\r\n",
                            "HTTP/1.1 2000 OK\r\n\r\n",
                            "HTTP/1.1 600 OK\r\n\r\n",
                            "HTTP/1.1  200 OK\r\n\r\n",
                            "HTTP/1.1 200 OK\n\n{}",
                            "HTTP/1.1 200 O\0K\r\n\r\n",
                            HEAD + " folded: line\r\n\r\n",
                            HEAD + "X: y\n\r\n",
                            HEAD + "X: y\rz\r\n\r\n",
                            HEAD + "X : y\r\n\r\n",
                            HEAD + ": y\r\n\r\n",
                            HEAD + "no colon\r\n\r\n",
                            HEAD + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                            HEAD + "Content-Length: 2, 2\r\n\r\n{}",
                            HEAD + "Content-Length: -1\r\n\r\n{}",
                            HEAD + "Content-Length: +2\r\n\r\n{}",
                            HEAD + "Content-Length: 0x2\r\n\r\n{}",
                            HEAD + "Content-Length: 1234567890123456789\r\n\r\n{}",
                            HEAD + "Content-Length:\r\n\r\n{}")
                    .map(Arguments::of);
        }

        @ParameterizedTest
        @MethodSource("heads")
        void is_refused(String response) {
            assertFails(Answers.raw(response), Reason.MALFORMED_RESPONSE);
        }

        @ParameterizedTest
        @CsvSource({
            "gzip, 2|{}|0||",
            "'gzip, chunked', 2|{}|0||",
            "'chunked, chunked', 2|{}|0||",
            "identity, {}",
            "chunked, x|{}|0||",
            "chunked, -2|{}|0||",
            "chunked, ' 2|{}|0||'",
            "chunked, 000000002|{}|0||",
            "chunked, |2|{}|0||",
            "chunked, 1|{}|0||",
            "chunked, 2 x|{}|0||"
        })
        void is_refused_in_chunks(String coding, String body) {
            assertFails(
                    Answers.raw(HEAD + "Transfer-Encoding: " + coding + "\r\n\r\n" + body.replace("|", "\r\n")),
                    Reason.MALFORMED_RESPONSE);
        }

        @Test
        void is_refused_with_two_lengths() {
            String chunks = "\r\n2\r\n{}\r\n0\r\n\r\n";
            assertFails(
                    Answers.raw(HEAD + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n" + chunks),
                    Reason.MALFORMED_RESPONSE);
            assertFails(
                    Answers.raw(HEAD.replace("1.1", "1.0") + "Transfer-Encoding: chunked\r\n" + chunks),
                    Reason.MALFORMED_RESPONSE);
        }
    }

    @Test
    @Requirement("8725-3.10-02")
    void a_request_carries_neither_cookies_nor_credentials() {
        fetch(Answers.json("{}", "Set-Cookie: session=1"));
        fetch(Answers.json("{}"));
        assertThat(server.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request)
                        .startsWith("GET /jwks HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n")
                        .contains("\r\nAccept-Encoding: identity\r\n", "\r\nConnection: close\r\n")
                        .doesNotContainIgnoringCase("cookie")
                        .doesNotContainIgnoringCase("authorization"));
    }

    @Test
    void a_failure_tells_nothing_of_the_query() {
        server.answering(Answers.status("500 Oh"));
        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> http.get(server.uri("/jwks?key=secret"), FetchLimits.JWK_SET))
                .satisfies(failure -> assertThat(failure.detail()).doesNotContain("secret"))
                .withMessageNotContaining("secret");
    }
}

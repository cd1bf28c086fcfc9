package dev.signet.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
    private static final int LARGEST_BODY = 4096;
    private static final String[] PIECES = {
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.0 404 \r\n",
        "HTTP/1.1 100 Continue\r\n",
        "\r\n",
        "\r",
        "\n",
        "Content-Length: ",
        "Transfer-Encoding: chunked\r\n",
        "5",
        "0",
        "-",
        "ffffffff",
        "\r\n\r\n",
        "hello",
        ";x=y",
        ":",
        " ",
        "\0",
        "ü",
        "X: y\r\n",
        "99999999999999999999"
    };

    private static ResponseReader reading(byte[] octets) {
        return new ResponseReader(new ByteArrayInputStream(octets));
    }

    private static ResponseHead head(String fields) throws IOException {
        return reading(("HTTP/1.1 200 OK\r\n" + fields + "\r\n").getBytes(StandardCharsets.UTF_8))
                .head();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatever_comes_is_read_within_the_limit_or_refused(long seed) throws IOException {
        Random random = new Random(seed);
        int read = 0;
        for (int round = 0; round < 25_000; round++) {
            StringBuilder response = new StringBuilder(random.nextBoolean() ? PIECES[0] : "");
            for (int piece = random.nextInt(12); piece >= 0; piece--) {
                response.append(PIECES[random.nextInt(PIECES.length)]);
            }
            byte[] octets = response.toString().getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(4) == 0) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            try {
                ResponseReader reader = reading(octets);
                assertThat(reader.body(reader.head(), LARGEST_BODY).length).isLessThanOrEqualTo(LARGEST_BODY);
                read++;
            } catch (OutboundException refused) {
                assertThat(refused.reason()).isNotNull();
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void names_of_fields_have_no_case() throws IOException {
        assertThat(head("X-Name:  value \t\r\nx-nAME: other\r\n").values("X-NAME"))
                .containsExactly("value", "other");
    }

    @Nested
    class Rfc_9111_4_2_freshness {

        @ParameterizedTest
        @CsvSource({
            "max-age=600, 600",
            "MAX-AGE=600, 600",
            "'public, max-age=600', 600",
            "max-age=\"600\", 600",
            "'max-age=600, max-age=5', 600",
            "max-age=0, 0",
            "no-store, 0",
            "'max-age=600, no-cache', 0",
            "'max-age=600, no-cache=\"x\"', 0",
            "max-age=99999999999999999999, 31622400"
        })
        void is_what_the_server_says(String value, long seconds) throws IOException {
            assertThat(head("Cache-Control: " + value + "\r\n").maximumAge()).contains(Duration.ofSeconds(seconds));
        }

        @ParameterizedTest
        @ValueSource(strings = {"public", "max-age", "max-age=", "max-age=-1", "max-age=1.5", "s-maxage=9", ""})
        void is_unknown_if_it_says_nothing(String value) throws IOException {
            assertThat(head("Cache-Control: " + value + "\r\n").maximumAge()).isEqualTo(Optional.empty());
        }

        @Test
        void is_shortened_by_the_time_already_spent() throws IOException {
            assertThat(head("Cache-Control: max-age=600\r\nAge: 100\r\n").maximumAge())
                    .contains(Duration.ofSeconds(500));
            assertThat(head("Cache-Control: max-age=600\r\nAge: 700\r\n").maximumAge())
                    .contains(Duration.ZERO);
            assertThat(head("Cache-Control: max-age=600\r\nAge: long\r\n").maximumAge())
                    .contains(Duration.ofSeconds(600));
        }
    }
}

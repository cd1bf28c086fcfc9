package dev.signet.jwt.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7519 §2. */
@Requirement("8725-7519-01")
class NumericDateTest {
    private static Optional<Instant> read(String json) {
        return NumericDate.find(
                JsonObject.parse("{\"exp\":" + json + "}").find("exp").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "-0, 1970-01-01T00:00:00Z",
        "0.0, 1970-01-01T00:00:00Z",
        "0e999999999, 1970-01-01T00:00:00Z",
        "0e-999999999, 1970-01-01T00:00:00Z",
        "1e-999999999, 1970-01-01T00:00:00Z",
        "1300819380, 2011-03-22T18:43:00Z",
        "1300819380.5, 2011-03-22T18:43:00.500Z",
        "1300819380.1234567891, 2011-03-22T18:43:00.123456789Z",
        "1.30081938e9, 2011-03-22T18:43:00Z",
        "1.30081938E+9, 2011-03-22T18:43:00Z",
        "13008193800e-1, 2011-03-22T18:43:00Z",
        "253402300799, 9999-12-31T23:59:59Z",
        "253402300799.999999999, 9999-12-31T23:59:59.999999999Z"
    })
    void reads_integers_fractions_and_exponents(String json, Instant expected) {
        assertThat(read(json)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "-0.1",
                "-1e-9",
                "253402300800",
                "1e12",
                "1e999999999",
                "-1e999999999",
                "9223372036854775807",
                "99999999999999999999999",
                "\"1300819380\"",
                "null",
                "true",
                "[]",
                "{}"
            })
    void refuses_negatives_and_what_is_out_of_range_or_no_number(String json) {
        assertThat(read(json)).isEmpty();
    }

    @Test
    @Timeout(60)
    void absurd_exponents_cost_nothing() {
        for (int round = 0; round < 10_000; round++) {
            assertThat(read("123456789012345678901234567890e999999999")).isEmpty();
            assertThat(read("123456789012345678901234567890e-999999999")).contains(Instant.EPOCH);
        }
    }

    @Test
    void writes_whole_seconds() {
        Instant instant = Instant.parse("2011-03-22T18:43:00.999Z");
        assertThat(NumericDate.of(instant)).isEqualTo(1_300_819_380L);
        assertThatIllegalArgumentException().isThrownBy(() -> NumericDate.of(Instant.EPOCH.minus(Duration.ofNanos(1))));
        assertThatIllegalArgumentException().isThrownBy(() -> NumericDate.of(Instant.parse("+10000-01-01T00:00:00Z")));
    }
}

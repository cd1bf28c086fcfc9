package dev.signet.systemtests.attack;

import static dev.signet.core.error.RefusalReason.JWT_BAD_JSON;
import static dev.signet.core.error.RefusalReason.JWT_EXPIRED;
import static dev.signet.core.error.RefusalReason.JWT_ISSUED_IN_FUTURE;
import static dev.signet.core.error.RefusalReason.JWT_LIFETIME_TOO_LONG;
import static dev.signet.core.error.RefusalReason.JWT_MALFORMED_CLAIM;
import static dev.signet.core.error.RefusalReason.JWT_MISSING_CLAIM;
import static dev.signet.core.error.RefusalReason.JWT_NOT_YET_VALID;
import static dev.signet.core.error.RefusalReason.JWT_TOO_OLD;

import dev.signet.core.error.RefusalReason;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.TestJwt;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Times that are none, or of another age: a comparison with them must not come out in favour of the sender. */
class TimeClaimsTest {

    /** JSON or not, in the place of a number of seconds. */
    private static final List<String> NO_TIMES = List.of(
            "NaN",
            "-NaN",
            "Infinity",
            "-Infinity",
            "inf",
            "1e400",
            "-1e400",
            "1e999999999",
            "1e-999999999x",
            "9".repeat(400),
            "0x7fffffff",
            "0" + "1".repeat(10),
            "+1800000000",
            "1800000000.",
            ".5",
            "-1",
            "-1e9",
            "null",
            "true",
            "\"\"",
            "\"1800000000\"",
            "\"NaN\"",
            "\"2030-01-01T00:00:00Z\"",
            "[]",
            "[1800000000]",
            "{}",
            "");

    private static AttackedServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = AttackedServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void refuses(Use use, String claim, List<String> values, Set<RefusalReason> reasons) {
        TestJwt valid = server.assertion(use).withNotBefore(Instant.now().minusSeconds(1));
        Map<String, String> changed = values.stream()
                .collect(Collectors.toMap(
                        value -> claim + " " + value, value -> valid.compactWithClaims(with(claim, value))));
        server.refuses(use, valid, changed, reasons.toArray(RefusalReason[]::new));
    }

    private static UnaryOperator<String> with(String claim, String value) {
        return json -> json.replaceFirst("\"" + claim + "\":\\d+", "\"" + claim + "\":" + value);
    }

    @Nested
    @DisplayName("RFC 7519 §2, §4.1: what is no time")
    class NoTimes {

        private final Set<RefusalReason> reasons = EnumSet.of(JWT_BAD_JSON, JWT_MALFORMED_CLAIM, JWT_MISSING_CLAIM);

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725-7519-01", "7521-5.2-06", "7523-3-11", "7523-3-21"})
        void is_refused_as_the_expiry(Use use) {
            refuses(use, "exp", NO_TIMES, reasons);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725-7519-01", "7523-3-14", "7523-3-21"})
        void is_refused_as_the_beginning(Use use) {
            refuses(use, "nbf", NO_TIMES, reasons);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725-7519-01", "7523-3-15", "7523-3-21"})
        void is_refused_as_the_time_of_issue(Use use) {
            refuses(use, "iat", NO_TIMES, reasons);
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3 items 4 to 6: times of another age")
    class OtherAges {

        private final String past =
                Long.toString(Instant.now().minusSeconds(86_400).getEpochSecond());
        private final String future =
                Long.toString(Instant.now().plusSeconds(86_400).getEpochSecond());

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"7523-3-12", "7523-3-13", "7521-5.2-07", "7521-5.2-08", "8725-7519-01"})
        void are_refused_as_the_expiry(Use use) {
            refuses(
                    use,
                    "exp",
                    List.of("0", "-0", "1e-9", past, past + ".999"),
                    EnumSet.of(JWT_EXPIRED, JWT_MALFORMED_CLAIM));
            refuses(
                    use,
                    "exp",
                    List.of(
                            future,
                            "9999999999",
                            future + "000",
                            "253402300800",
                            "9223372036854775807",
                            "9223372036854775808",
                            "18446744073709551617",
                            "1e18"),
                    EnumSet.of(JWT_LIFETIME_TOO_LONG, JWT_MALFORMED_CLAIM));
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"7523-3-14", "8725-7519-01"})
        void are_refused_as_the_beginning(Use use) {
            refuses(
                    use,
                    "nbf",
                    List.of(future, "9999999999", "9223372036854775807", "9223372036854775808", "1e18"),
                    EnumSet.of(JWT_NOT_YET_VALID, JWT_MALFORMED_CLAIM));
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"7523-3-15", "7521-5.2-09", "8725-7519-01"})
        void are_refused_as_the_time_of_issue(Use use) {
            refuses(use, "iat", List.of("0", "1", past), EnumSet.of(JWT_TOO_OLD));
            refuses(
                    use,
                    "iat",
                    List.of(future, "9999999999", "9223372036854775807", "1e18"),
                    EnumSet.of(JWT_ISSUED_IN_FUTURE, JWT_MALFORMED_CLAIM));
        }
    }
}

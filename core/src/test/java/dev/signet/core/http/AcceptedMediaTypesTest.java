package dev.signet.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testkit.Requirement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedMediaTypesTest {

    private static final String JSON = "application/json";
    private static final String JWT = "application/token-introspection+jwt";
    private static final List<String> OFFERED = List.of(JSON, JWT);

    private static String preferred(List<String> offered, String... fields) {
        ProtocolRequest.Builder request = ProtocolRequest.builder("POST", "/introspect");
        for (String field : fields) {
            request.header("Accept", field);
        }
        return AcceptedMediaTypes.read(request.build()).prefer(offered);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/token-introspection+jwt | " + JWT,
                "Application/Token-Introspection+JWT | " + JWT,
                "application/json | " + JSON,
                "application/json;q=0.5, application/token-introspection+jwt | " + JWT,
                "application/json; q=0.5 , application/token-introspection+jwt;q=0.499 | " + JSON,
                "application/token-introspection+jwt;Q=1.000, */*;q=0.9 | " + JWT,
                "*/*, application/json;q=0 | " + JWT,
                "*/*, application/*;q=0.1, application/json;q=0.05 | " + JWT,
                "application/json;charset=utf-8;q=0.2, application/*;q=0.3 | " + JWT,
                "text/html, application/token-introspection+jwt;q=0.001 | " + JWT,
            })
    @Requirement({"9701-4-01", "D-26"})
    void the_heaviest_is_preferred_and_the_most_exact_range_decides(String accept, String expected) {
        assertThat(preferred(OFFERED, accept)).isEqualTo(expected);
        assertThat(preferred(List.of(JWT, JSON), accept)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*",
                "application/*",
                "application/json, application/token-introspection+jwt",
                "text/html",
                "application/json;q=0, application/token-introspection+jwt;q=0",
                "application/json;q=2, application/token-introspection+jwt;q=high",
                "application/json;q=-1, application/token-introspection+jwt;q=1.001",
                "*/json",
                "json, jwt",
                "''",
                ",,,;;;q=1",
                "application/json;q=0.0001"
            })
    @Requirement({"9701-4-01", "D-26"})
    void the_first_is_preferred_where_nothing_decides(String accept) {
        assertThat(preferred(OFFERED, accept)).isEqualTo(JSON);
        assertThat(preferred(List.of(JWT, JSON), accept)).isEqualTo(JWT);
    }

    @Test
    void several_fields_are_one_list_and_none_says_nothing() {
        assertThat(preferred(OFFERED, "application/json;q=0.1", JWT)).isEqualTo(JWT);
        assertThat(preferred(OFFERED)).isEqualTo(JSON);
    }

    @Test
    void whatever_comes_there_is_a_preference() {
        Random random = new Random(7);
        String alphabet = "aq*/;,=.01+ \t\"\\\u00e4\u0000";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int at = random.nextInt(40); at > 0; at--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(preferred(OFFERED, text.toString())).isIn(OFFERED);
        }
        assertThat(preferred(OFFERED, "a/b,".repeat(10_000) + JWT)).isEqualTo(JSON);
    }
}

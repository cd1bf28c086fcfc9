package dev.signet.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signet.core.error.OAuthException;
import dev.signet.core.http.FormParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749 §4.1.2.1. What RFC 6749 §5.2 says in JSON is in {@link TokenResponseTest}. */
class TokenErrorTest {

    private static TokenError read(String response) {
        return TokenError.parse(FormParameters.parse(response));
    }

    @Test
    void is_read_from_parameters_without_what_may_not_be_shown() {
        TokenError error = read("error=access_denied&error_description=no%0A%22thanks%22%E2%80%AE&other=1&other=2");

        assertThat(error.error()).isEqualTo("access_denied");
        assertThat(error.description()).contains("no??thanks??");
        assertThat(read("error=x&error_description=").description()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "error=", "error_description=a", "error=%0A", "error=%22"})
    void has_a_code_in_allowed_characters(String response) {
        assertThatExceptionOfType(TokenResponseException.class).isThrownBy(() -> read(response));
    }

    @ParameterizedTest
    @ValueSource(strings = {"error=a&error=b", "error=a&error_description=b&error_description=b"})
    void is_not_repeated(String response) {
        assertThatExceptionOfType(OAuthException.class).isThrownBy(() -> read(response));
    }
}

package dev.signet.resourceserver.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.Scope;
import dev.signet.core.http.BearerCredentials;
import dev.signet.testkit.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerChallengeTest {

    private final BearerChallenge challenge = BearerChallenge.of("orders");

    @Test
    @Requirement({"6750-3-01", "6750-3-02"})
    void has_a_realm_and_an_error_only_where_there_was_a_token() {
        assertThat(challenge.withoutToken()).isEqualTo("Bearer realm=\"orders\"");
        assertThat(challenge.invalidRequest()).startsWith("Bearer realm=\"orders\", error=\"invalid_request\"");
        assertThat(challenge.invalidToken()).startsWith("Bearer realm=\"orders\", error=\"invalid_token\"");
    }

    @Test
    @Requirement("6750-3.1-01")
    void names_the_scope_that_is_needed() {
        assertThat(challenge.insufficientScope(Scope.of("a", "b")))
                .startsWith("Bearer realm=\"orders\", error=\"insufficient_scope\"")
                .endsWith("scope=\"a b\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b", "a\\b", "a\r\nb", "\u00e4"})
    @Requirement("6750-3-03")
    void refuses_a_realm_that_could_break_out_of_its_quotes(String realm) {
        assertThatIllegalArgumentException().isThrownBy(() -> BearerChallenge.of(realm));
    }

    @Test
    @Requirement("9700-4.9-01")
    void credentials_hide_the_token() {
        assertThat(BearerCredentials.read(List.of("Bearer secret")).toString()).doesNotContain("secret");
    }
}

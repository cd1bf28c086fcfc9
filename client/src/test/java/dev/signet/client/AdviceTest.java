package dev.signet.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {

    @ParameterizedTest
    @CsvSource({
        "invalid_client,kid",
        "invalid_grant,audience",
        "unauthorized_client,allowed",
        "unsupported_grant_type,enabled",
        "invalid_scope,scopes",
        "invalid_target,resource",
        "invalid_request,malformed",
        "unsupported_token_type,revoked",
        "invalid_request_object,signature",
        "invalid_token,came last",
        "invalid_redirect_uri,absolute",
        "invalid_client_metadata,metadata",
        "invalid_software_statement,anew",
        "unapproved_software_statement,trusts"
    })
    void says_of_each_code_what_to_look_at(String code, String word) {
        assertThat(Advice.on(code)).contains(word).endsWith(".").isNotEqualTo(Advice.on("of_our_own"));
    }

    @Test
    void is_there_for_each_problem() {
        assertThat(Arrays.stream(Problem.values()).map(Problem::advice))
                .allSatisfy(advice -> assertThat(advice).endsWith(".").hasSizeGreaterThan(20));
    }
}

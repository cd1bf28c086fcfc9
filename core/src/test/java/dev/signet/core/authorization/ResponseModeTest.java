package dev.signet.core.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseModeTest {

    @Test
    void has_the_names_of_the_specifications() {
        assertThat(ResponseMode.find("query")).contains(ResponseMode.QUERY);
        assertThat(ResponseMode.find("form_post")).contains(ResponseMode.FORM_POST);
        assertThat(ResponseMode.FORM_POST.wireName()).isEqualTo("form_post");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "QUERY", "fragment", "form-post", "query.jwt", "jwt", "web_message"})
    void has_no_others(String name) {
        assertThat(ResponseMode.find(name)).isEmpty();
    }
}

package dev.signet.systemtests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.http.FormParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class FormFuzzTest {

    /** A form is refused as the sender's fault, or says the same when it is written down and read again. */
    @FuzzTest
    void a_form_is_malformed_or_means_one_thing(byte[] octets) {
        FormParameters form;
        try {
            form = FormParameters.parse(octets);
        } catch (OAuthException refused) {
            assertThat(refused.error().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
            return;
        }
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (String name : form.names()) {
            form.all(name).forEach(value -> pairs.add(Map.entry(name, value)));
        }
        assertThat(pairs).hasSizeLessThanOrEqualTo(FormParameters.MAXIMUM_PAIRS);
        FormParameters again = FormParameters.parse(FormParameters.encode(pairs));
        for (String name : form.names()) {
            assertThat(name + form.all(name)).doesNotContain("\0");
            assertThat(again.all(name)).isEqualTo(form.all(name));
        }
        assertThat(form.names()).containsAll(again.names());
    }
}

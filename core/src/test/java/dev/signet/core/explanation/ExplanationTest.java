package dev.signet.core.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplanationTest {

    private static final CheckList LIST = new CheckList(
            JwtKind.CLIENT_ASSERTION,
            List.of(Check.FORM, Check.SIGNATURE, Check.EXPIRY),
            List.of(Finding.notReached(Check.SINGLE_USE, "not asked")));

    @Test
    void what_was_not_refused_passed_all_that_can_be_checked() {
        Explanation explanation = LIST.accepted();
        assertThat(explanation.isAccepted()).isTrue();
        assertThat(explanation.toJson().toJson())
                .isEqualTo("{\"kind\":\"client-assertion\",\"accepted\":true,\"checks\":["
                        + "{\"check\":\"form\",\"verdict\":\"passed\"},"
                        + "{\"check\":\"signature\",\"verdict\":\"passed\"},"
                        + "{\"check\":\"expiry\",\"verdict\":\"passed\"},"
                        + "{\"check\":\"single-use\",\"verdict\":\"not-reached\",\"detail\":\"not asked\"}]}");
    }

    @Test
    void what_was_refused_failed_where_its_reason_belongs() {
        Explanation explanation = LIST.refused(RefusalReason.JWT_BAD_SIGNATURE, "the signature is wrong");
        assertThat(explanation.isAccepted()).isFalse();
        assertThat(explanation.toJson().toJson())
                .isEqualTo("{\"kind\":\"client-assertion\",\"accepted\":false,\"checks\":["
                        + "{\"check\":\"form\",\"verdict\":\"passed\"},"
                        + "{\"check\":\"signature\",\"verdict\":\"failed\",\"reason\":\"jwt-bad-signature\","
                        + "\"detail\":\"the signature is wrong\"},"
                        + "{\"check\":\"expiry\",\"verdict\":\"not-reached\"},"
                        + "{\"check\":\"single-use\",\"verdict\":\"not-reached\"}]}");
    }

    @Test
    void a_reason_that_no_check_gives_is_no_explanation() {
        assertThatIllegalArgumentException().isThrownBy(() -> LIST.refused(RefusalReason.JWT_AUDIENCE, "aud"));
        assertThatIllegalArgumentException().isThrownBy(() -> LIST.refused(RefusalReason.BODY_TOO_LARGE, "large"));
    }

    @Test
    void no_reason_belongs_to_two_checks() {
        List<RefusalReason> owned = new ArrayList<>();
        for (Check check : Check.values()) {
            owned.addAll(check.reasons());
            check.reasons().forEach(reason -> assertThat(Check.find(reason)).contains(check));
        }
        assertThat(owned).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void each_reason_to_refuse_a_jwt_belongs_to_a_check(Reason reason) {
        assertThat(Check.find(RefusalReason.of(reason))).isPresent();
    }

    @Test
    void kinds_are_found_by_their_name() {
        for (JwtKind kind : JwtKind.values()) {
            assertThat(JwtKind.find(kind.id())).contains(kind);
        }
        assertThat(JwtKind.find("id-token")).isEmpty();
    }
}

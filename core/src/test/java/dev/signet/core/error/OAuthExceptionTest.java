package dev.signet.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.jwt.Reason;
import dev.signet.testkit.Requirement;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OAuthExceptionTest {

    @Test
    void keeps_the_detail_apart_from_what_leaves() {
        OAuthException refusal =
                OAuthException.of(ErrorCode.INVALID_SCOPE, "Public", RefusalReason.SCOPE_REFUSED, "private detail");
        assertThat(refusal.error()).isEqualTo(OAuthError.of(ErrorCode.INVALID_SCOPE, "Public"));
        assertThat(refusal.error().toJson().toJson()).doesNotContain("private");
        assertThat(refusal.reason()).isEqualTo(RefusalReason.SCOPE_REFUSED);
        assertThat(refusal.detail()).isEqualTo("private detail");
        assertThat(refusal).hasMessage("scope-refused: private detail");
    }

    @Test
    void has_a_stack_trace_only_with_a_cause() {
        OAuthError error = OAuthError.of(ErrorCode.SERVER_ERROR, "The server failed");
        assertThat(new OAuthException(error, RefusalReason.INTERNAL, "x").getStackTrace())
                .isEmpty();
        IllegalStateException cause = new IllegalStateException();
        OAuthException failure = new OAuthException(error, RefusalReason.INTERNAL, "x", cause);
        assertThat(failure.getStackTrace()).isNotEmpty();
        assertThat(failure).hasCause(cause);
    }

    @Nested
    @Requirement("7521-4.1.1-02")
    class Public_sentences {

        @Test
        void are_the_same_for_every_reason() {
            assertThat(Arrays.stream(RefusalReason.values())
                            .map(reason -> OAuthException.invalidClient(reason, "detail")
                                    .error())
                            .distinct())
                    .containsExactly(OAuthError.of(ErrorCode.INVALID_CLIENT, "Client authentication failed"));
            assertThat(Arrays.stream(RefusalReason.values())
                            .map(reason -> OAuthException.invalidGrant(reason, "detail")
                                    .error())
                            .distinct())
                    .singleElement()
                    .satisfies(error -> {
                        assertThat(error.code()).isEqualTo(ErrorCode.INVALID_GRANT);
                        assertThat(error.description()).contains("audience").doesNotContain("detail");
                    });
        }
    }

    @Nested
    class Reasons {

        @ParameterizedTest
        @EnumSource(RefusalReason.class)
        void have_a_stable_identifier_and_one_line(RefusalReason reason) {
            assertThat(reason.id())
                    .isEqualTo(reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
            assertThat(reason.description()).matches("[A-Z][ -~]+\\.").hasSizeLessThan(120);
        }

        @ParameterizedTest
        @EnumSource(Reason.class)
        void follow_from_the_reason_of_a_refused_jwt(Reason reason) {
            assertThat(RefusalReason.of(reason).name()).isEqualTo("JWT_" + reason.name());
        }
    }
}

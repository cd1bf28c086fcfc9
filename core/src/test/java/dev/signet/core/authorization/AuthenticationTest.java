package dev.signet.core.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthenticationTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void by_a_password_is_pwd() {
        assertThat(Authentication.byPassword(AT)).isEqualTo(new Authentication(AT, Optional.empty(), List.of("pwd")));
    }

    @Test
    void keeps_its_methods_to_itself() {
        List<String> methods = new ArrayList<>(List.of("pwd"));
        Authentication authentication = new Authentication(AT, Optional.of("silver"), methods);
        methods.add("otp");

        assertThat(authentication.methods()).containsExactly("pwd");
    }
}

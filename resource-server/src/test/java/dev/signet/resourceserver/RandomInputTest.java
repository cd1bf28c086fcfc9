package dev.signet.resourceserver;

import static dev.signet.resourceserver.Fixture.accepted;
import static dev.signet.resourceserver.Fixture.token;
import static dev.signet.resourceserver.Fixture.validator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.http.ProtocolRequest;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, there is an answer of RFC 6750, and it is no. */
class RandomInputTest {

    private static final String ALPHABET = "Bearer.eyJhbGciOiJ0eXAi0-_=~+/ ,\t\"\\\r\n\u0000\u00e4\u4e2d\ud800";

    private final AccessTokenValidator validator = validator().build();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void answers_whatever_headers_hold(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            List<String> headers = new ArrayList<>();
            for (int count = random.nextInt(3); count > 0; count--) {
                headers.add((random.nextBoolean() ? "Bearer " : "") + text(random));
            }
            assertRefused(validator.validate(headers));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7, 8})
    void refuses_every_mutation_of_a_good_token(long seed) {
        Random random = new Random(seed);
        String token = token();
        accepted(validator.validateToken(token));
        for (int round = 0; round < 5_000; round++) {
            StringBuilder mutated = new StringBuilder(token);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int position = random.nextInt(mutated.length());
                switch (random.nextInt(3)) {
                    case 0 -> mutated.setCharAt(position, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                    case 1 -> mutated.insert(position, text(random));
                    default -> mutated.deleteCharAt(position);
                }
            }
            if (!mutated.toString().equals(token)) {
                assertRefused(validator.validateToken(mutated.toString()));
                assertRefused(validator.validate(List.of("Bearer " + mutated)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s..", ".%s.", "..%s", "a.b.%s", "%s.%s.%s", "%s"})
    void answers_characters_that_take_two_units(String form) {
        String token = form.replace("%s", "\ud83d\ude00".repeat(3));
        assertRefused(validator.validateToken(token));
        assertRefused(validator.validate(List.of("Bearer " + token)));
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 10})
    void answers_whatever_requests_hold(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] body = new byte[random.nextInt(50)];
            random.nextBytes(body);
            ProtocolRequest request = ProtocolRequest.builder("POST", "/")
                    .query(text(random))
                    .header("authorization", "Bearer " + text(random))
                    .header("content-type", random.nextBoolean() ? "application/x-www-form-urlencoded" : text(random))
                    .body(body)
                    .build();
            assertRefused(validator.validate(request));
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(40); length > 0; length--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static void assertRefused(AccessTokenOutcome outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        Refused refused = (Refused) outcome;
        assertThat(refused.status()).isIn(400, 401);
        assertThat(refused.response().header("WWW-Authenticate")).isPresent();
    }
}

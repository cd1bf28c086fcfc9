package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuthorizationGarbageTest {

    private static final int REQUESTS = 20_000;
    private static final String SECRET = "hunter2-hunter2";

    private final Random random = new Random(9700);
    private final AuthorizationFixture fixture = AuthorizationFixture.standard();

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private String mutated(String valid) {
        byte[] changed = valid.getBytes(StandardCharsets.ISO_8859_1);
        for (int change = random.nextInt(4); change > 0; change--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return new String(changed, StandardCharsets.ISO_8859_1);
    }

    private ProtocolRequest request(String valid) {
        ProtocolRequest.Builder request = ProtocolRequest.builder(any(List.of("GET", "POST")), "/authorize");
        if (random.nextInt(3) > 0) {
            request.query(mutated(valid));
        }
        return switch (random.nextInt(4)) {
            case 0 -> request.form(mutated(valid)).build();
            case 1 -> request.form("password=" + SECRET).build();
            case 2 ->
                request.header("content-type", "text/plain").bodyTooLarge().build();
            default -> request.build();
        };
    }

    @Test
    void ends_with_the_client_or_on_a_page_and_is_never_told_to_anybody() {
        String valid = fixture.validRequest()
                .with("response_mode", "form_post")
                .with("resource", Fixture.ORDERS)
                .toRequest()
                .query()
                .orElseThrow();
        for (int number = 0; number < REQUESTS; number++) {
            ProtocolResponse response = fixture.server.server.handle(request(valid));
            assertThat(response.status()).isIn(200, 303, 400);
            assertThat(response.header("Location").orElse(AuthorizationFixture.CALLBACK))
                    .startsWith(AuthorizationFixture.CALLBACK);
            assertThat(response.isNoStore()).isTrue();
        }
        assertThat(fixture.server.events.of(ServerEvent.RequestFailed.class)).isEmpty();
        assertThat(fixture.grants.all).isNotEmpty();
        assertThat(fixture.server.events.all().toString()).doesNotContain(SECRET);
    }
}

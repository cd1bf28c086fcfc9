package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GarbageTest {

    private static final int REQUESTS = 20_000;
    private static final List<String> METHODS = List.of("GET", "POST", "POST", "POST", "PUT", "HEAD", "\u0000");
    private static final List<String> PATHS = List.of(
            "/token", "/token", "/introspect", "/revoke", "/jwks", "/.well-known/openid-configuration", "/x", "");
    private static final List<String> TYPES = List.of(
            "application/x-www-form-urlencoded", "application/json", "application/x-www-form-urlencoded;x=y", "");

    private final Random random = new Random(7521);
    private final Fixture fixture = Fixture.standard();

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private byte[] mutated(byte[] valid) {
        byte[] body = valid.clone();
        for (int change = random.nextInt(6); change > 0; change--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }

    private ProtocolRequest request(byte[] valid) {
        ProtocolRequest.Builder request = ProtocolRequest.builder(any(METHODS), any(PATHS));
        if (random.nextInt(4) > 0) {
            request.header("Content-Type", random.nextInt(8) > 0 ? TYPES.get(0) : any(TYPES));
        }
        if (random.nextInt(4) == 0) {
            byte[] junk = new byte[random.nextInt(60)];
            random.nextBytes(junk);
            request.header(
                    "Authorization",
                    any(List.of("Basic ", "basic", "Bearer ", "")) + new String(junk, StandardCharsets.ISO_8859_1));
        }
        if (random.nextInt(8) == 0) {
            request.query(new String(mutated(valid), StandardCharsets.ISO_8859_1));
        }
        switch (random.nextInt(5)) {
            case 0 -> {
                byte[] junk = new byte[random.nextInt(2_000)];
                random.nextBytes(junk);
                request.body(junk);
            }
            case 1 -> request.bodyTooLarge();
            default -> request.body(mutated(valid));
        }
        return request.build();
    }

    @Test
    void never_makes_the_server_fail() {
        byte[] call = fixture.validCall().toRequest().body();
        byte[] exchange = fixture.validExchange().toRequest().body();
        byte[] revocation = fixture.revocation(fixture.token())
                .assertion(fixture.clientAssertion())
                .toRequest()
                .body();
        List<byte[]> valid = List.of(call, exchange, revocation);
        for (int number = 0; number < REQUESTS; number++) {
            ProtocolResponse response = fixture.server.handle(request(valid.get(number % 3)));
            assertThat(response.status()).isLessThan(500);
        }
        assertThat(fixture.events.of(ServerEvent.RequestFailed.class)).isEmpty();
    }
}

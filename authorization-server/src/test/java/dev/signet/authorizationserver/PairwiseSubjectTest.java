package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.accesstoken.PairwiseKey;
import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 9068 §6: a sub that differs per resource server")
class PairwiseSubjectTest {

    private static final byte[] OCTETS = "a pairwise key of 32 octets, yes".getBytes(StandardCharsets.UTF_8);
    private static final String SUBJECT = "repo:acme/shop";

    private final Fixture fixture = pairwise(OCTETS);

    private static Fixture pairwise(byte[] key) {
        return Fixture.with(builder -> builder.pairwiseKey(PairwiseKey.of(key))
                .resources(List.of(
                        Fixture.orders().pairwiseSubject(true).build(),
                        Fixture.stock().pairwiseSubject(true).build())));
    }

    private static TestAnswer exchange(Fixture fixture, String resource, String subject) {
        return fixture.exchange(fixture.grantAssertion().claim("sub", subject))
                .with("resource", resource)
                .send();
    }

    private static String subject(Fixture fixture, String resource, String subject) {
        return exchange(fixture, resource, subject).token().claims().requireString("sub");
    }

    @Nested
    class Names {

        @Test
        @Requirement("9068-6-03")
        void differ_between_resources_and_between_subjects() {
            String atOrders = subject(fixture, Fixture.ORDERS, SUBJECT);
            assertThat(List.of(
                            atOrders,
                            subject(fixture, Fixture.STOCK, SUBJECT),
                            subject(fixture, Fixture.ORDERS, "repo:acme/other"),
                            SUBJECT))
                    .doesNotHaveDuplicates();
            assertThat(atOrders).matches("[A-Za-z0-9_-]{43}");
        }

        @Test
        @Requirement("9068-6-03")
        void stay_the_same_over_time_nodes_and_restarts_as_long_as_the_key_does() {
            String first = subject(fixture, Fixture.ORDERS, SUBJECT);
            assertThat(subject(fixture, Fixture.ORDERS, SUBJECT)).isEqualTo(first);
            assertThat(subject(pairwise(OCTETS), Fixture.ORDERS, SUBJECT)).isEqualTo(first);
            byte[] other = OCTETS.clone();
            other[0]++;
            assertThat(subject(pairwise(other), Fixture.ORDERS, SUBJECT)).isNotEqualTo(first);
        }

        @Test
        void are_the_mac_over_both_names_with_their_lengths() throws Exception {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(OCTETS, "HmacSHA256"));
            mac.update(new byte[] {0, 0, 0, (byte) Fixture.ORDERS.length()});
            mac.update(Fixture.ORDERS.getBytes(StandardCharsets.UTF_8));
            mac.update(new byte[] {0, 0, 0, (byte) SUBJECT.length()});
            mac.update(SUBJECT.getBytes(StandardCharsets.UTF_8));
            assertThat(subject(fixture, Fixture.ORDERS, SUBJECT))
                    .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal()));
        }
    }

    @Test
    @Requirement({"9068-6-03", "D-12"})
    void a_client_that_speaks_for_itself_keeps_its_name() {
        assertThat(fixture.validCall().send().token().claims().requireString("sub"))
                .isEqualTo(Fixture.REPORTER);
    }

    @Test
    void other_resources_are_told_the_name_itself() {
        Fixture mixed = Fixture.with(builder -> builder.pairwiseKey(PairwiseKey.of(OCTETS))
                .resources(List.of(
                        Fixture.orders().pairwiseSubject(true).build(),
                        Fixture.stock().build())));
        assertThat(subject(mixed, Fixture.STOCK, SUBJECT)).isEqualTo(SUBJECT);
        assertThat(subject(mixed, Fixture.ORDERS, SUBJECT)).isEqualTo(subject(fixture, Fixture.ORDERS, SUBJECT));
    }

    @Test
    void events_tell_the_name_itself_and_introspection_what_the_token_says() {
        TestAnswer answer = exchange(fixture, Fixture.ORDERS, SUBJECT);
        assertThat(fixture.events.of(ServerEvent.TokenIssued.class))
                .singleElement()
                .satisfies(event -> assertThat(event.subject()).isEqualTo(SUBJECT));
        JsonObject said =
                fixture.introspect(answer.json().requireString("access_token")).isActive();
        assertThat(said.requireString("sub"))
                .isEqualTo(answer.token().claims().requireString("sub"))
                .isNotEqualTo(SUBJECT);
    }

    @Test
    void needs_a_key_that_is_long_enough() {
        assertThatThrownBy(() -> Fixture.with(builder -> builder.resources(List.of(
                        Fixture.orders().pairwiseSubject(true).build(),
                        Fixture.stock().build()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "resource " + Fixture.ORDERS + " has pairwise subjects, though there is no pairwiseKey");
        assertThatThrownBy(() -> PairwiseKey.of(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a pairwise key must have at least 32 octets");
        assertThat(PairwiseKey.of(OCTETS)).hasToString("PairwiseKey");
    }
}

package dev.signet.resourceserver;

import static dev.signet.resourceserver.Fixture.KEY;
import static dev.signet.resourceserver.Fixture.keys;
import static dev.signet.resourceserver.Fixture.validator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.OutboundHttp;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValidatorConfigurationTest {

    @Test
    @Requirement("9068-4-10")
    void cannot_be_built_without_an_audience() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessTokenValidator.builder()
                        .issuer(Fixture.ISSUER)
                        .keys(keys(KEY))
                        .build())
                .withMessage("access token validator: audience is missing");
    }

    @Test
    @Requirement("9068-4-10")
    void reports_all_that_is_missing_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessTokenValidator.builder().build())
                .withMessage("access token validator: issuer is missing; audience is missing;"
                        + " keys or outbound is missing");
    }

    @Test
    @Requirement("9068-4-14")
    void reports_all_that_is_out_of_bounds_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessTokenValidator.builder()
                        .issuer("http://as.example.com")
                        .audience("")
                        .keys(keys(KEY))
                        .keys(keys(KEY))
                        .algorithms(Set.of(JwsAlgorithm.ES256, JwsAlgorithm.HS256))
                        .leeway(Duration.ofSeconds(301))
                        .cacheSize(-1)
                        .realm("quo\"te")
                        .build())
                .satisfies(e -> assertThat(e.getMessage())
                        .contains("issuer must use https")
                        .contains("audience must not be blank")
                        .contains("more than one source of keys")
                        .contains("no MAC")
                        .contains("leeway must be 0 to 300 seconds")
                        .contains("cacheSize must be 0")
                        .contains("realm must be printable ASCII"));
    }

    @Test
    @Requirement("9068-4-14")
    void takes_a_leeway_of_five_minutes_at_most() {
        assertThat(validator().leeway(Duration.ofSeconds(300)).build()).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> validator().leeway(Duration.ofSeconds(-1)).build());
    }

    @Test
    void refuses_to_look_for_keys_where_its_fetcher_does_not_go() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessTokenValidator.builder()
                        .issuer("http://localhost:1")
                        .audience(Fixture.AUDIENCE)
                        .outbound(OutboundHttp.builder().build())
                        .build());
    }
}

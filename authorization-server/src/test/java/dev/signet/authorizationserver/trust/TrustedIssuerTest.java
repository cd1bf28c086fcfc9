package dev.signet.authorizationserver.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.core.ClientId;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.KeySource;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedIssuerTest {

    private static TrustedIssuer.Builder issuer() {
        return TrustedIssuer.builder("https://ci.example.com")
                .keys(KeySource.of(JwkSet.empty()))
                .subjects(SubjectPolicy.allowAny());
    }

    private static Optional<String> subject(SubjectPolicy policy, String asserted) {
        return policy.subjectFor(asserted, JsonObject.empty());
    }

    private static void isRefused(TrustedIssuer.Builder builder, String... faults) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(faults);
    }

    @Nested
    @DisplayName("RFC 7523 §5: what must be agreed")
    class Agreement {

        @Test
        void names_every_fault_at_once() {
            isRefused(
                    TrustedIssuer.builder("").algorithms(Set.of()).maximumLifetime(Duration.ZERO),
                    "issuer is empty",
                    "keys are missing",
                    "subjects are missing",
                    "algorithms are empty",
                    "the longest lifetime must be one second to a day");
        }

        @Test
        void refuses_macs_and_contradictions() {
            isRefused(issuer().algorithms(Set.of(JwsAlgorithm.HS256)), "HS256 is a MAC");
            isRefused(issuer().maximumLifetime(Duration.ofDays(2)), "longest lifetime");
            isRefused(issuer().requiredClaims(Set.of("")), "a required claim has no name");
            isRefused(
                    issuer().conditions(List.of(
                            ClaimCondition.equalTo("ref", "a"),
                            ClaimCondition.equalTo("env", "a"),
                            ClaimCondition.beginsWith("ref", "b"),
                            ClaimCondition.contains("ref", List.of("c")))),
                    "conditions: more than one is on ref");
            isRefused(
                    issuer().conditions(List.of(ClaimCondition.equalTo("sub", "repo:acme/shop"))),
                    "conditions: sub has rules of its own");
            isRefused(
                    issuer().conditions(IntStream.range(0, 33)
                            .mapToObj(i -> ClaimCondition.equalTo("c" + i, true))
                            .toList()),
                    "conditions must be at most 32");
            isRefused(issuer().attributes(Set.of("")), "attributes must be at most 64, each with a name");
            isRefused(
                    issuer().allow(TrustedIssuer.Leniency.ALLOW_UNAUTHENTICATED_CLIENT),
                    "the client_id of unauthenticated clients is missing");
            isRefused(
                    issuer().allowUnauthenticatedClient(new ClientId("x")).clients(Set.of(new ClientId("c1"))),
                    "clients are named");
        }

        @Test
        @Requirement({"D-02", "D-04", "D-07", "D-08"})
        void is_strict_unless_loosened_by_name() {
            TrustedIssuer strict = issuer().build();
            for (TrustedIssuer.Leniency leniency : TrustedIssuer.Leniency.values()) {
                assertThat(strict.has(leniency)).isFalse();
            }
            assertThat(strict.maximumLifetime()).isEqualTo(Duration.ofHours(1));
            assertThat(strict.attributes()).isEmpty();
            assertThat(strict.conditions()).isEmpty();
            assertThat(strict.resources()).isEmpty();
            assertThat(strict.isEnabled()).isTrue();
            assertThat(strict.algorithms()).isEqualTo(JwsAlgorithm.DEFAULT_ACCEPTED);
        }
    }

    @Nested
    @DisplayName("RFC 7521 §6.3: subjects")
    class Subjects {

        @ParameterizedTest
        @CsvSource({
            "repo:acme/*, repo:acme/shop, true",
            "repo:acme/*, repo:acme/, true",
            "repo:acme/*, repo:acme, false",
            "repo:acme/*, xrepo:acme/shop, false",
            "*@a.example, bob@a.example, true",
            "*@a.example, bob@a.example.evil, false",
            "*@a.example, bob@b.example, false",
            "repo:acme/*:main, repo:acme/shop:main, true",
            "repo:acme/*:main, repo:acme/:main, true",
            "repo:acme/*:main, repo:acme/shop:dev, false",
            "ab*ba, aba, false",
            "plain, plain, true",
            "plain, plainer, false",
            "a.c, abc, false"
        })
        @Requirement("7521-6.3-02")
        void match_a_pattern_from_end_to_end(String pattern, String subject, boolean matches) {
            assertThat(subject(SubjectPolicy.matching(pattern), subject).isPresent())
                    .isEqualTo(matches);
        }

        @ParameterizedTest
        @ValueSource(strings = {"*", "", "a*b*c", "**"})
        void refuse_a_pattern_that_says_too_little_or_too_much(String pattern) {
            assertThatThrownBy(() -> SubjectPolicy.matching(pattern)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void are_compared_character_by_character() {
            SubjectPolicy policy = SubjectPolicy.exactly(Set.of("alice"));
            assertThat(subject(policy, "alice")).hasValue("alice");
            assertThat(subject(policy, "Alice")).isEmpty();
            assertThatThrownBy(() -> SubjectPolicy.exactly(Set.of())).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void are_mapped_and_prefixed() {
            assertThat(subject(SubjectPolicy.mapping(Map.of("u1", "alice")), "u1"))
                    .hasValue("alice");
            assertThat(subject(SubjectPolicy.mapping(Map.of("u1", "alice")), "alice"))
                    .isEmpty();
            assertThat(subject(SubjectPolicy.allowAny().prefixedWith("ci/"), "x"))
                    .hasValue("ci/x");
            assertThatThrownBy(() -> SubjectPolicy.allowAny().prefixedWith(""))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> SubjectPolicy.mapping(Map.of("a", "")))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void take_their_name_from_a_claim_or_share_one_if_they_are_among_those_allowed() {
            JsonObject claims = JsonObject.builder()
                    .put("email", "a@example.com")
                    .put("id", 7)
                    .build();
            SubjectPolicy acme = SubjectPolicy.matching("repo:acme/*");
            assertThat(acme.fromClaim("email").subjectFor("repo:acme/shop", claims))
                    .hasValue("a@example.com");
            assertThat(acme.fromClaim("email").prefixedWith("ci/").subjectFor("repo:acme/shop", claims))
                    .hasValue("ci/a@example.com");
            assertThat(acme.fromClaim("email").subjectFor("repo:other/shop", claims))
                    .isEmpty();
            assertThat(acme.fromClaim("id").subjectFor("repo:acme/shop", claims))
                    .isEmpty();
            assertThat(acme.fromClaim("none").subjectFor("repo:acme/shop", claims))
                    .isEmpty();
            assertThat(acme.as("builder").subjectFor("repo:acme/shop", claims)).hasValue("builder");
            assertThat(acme.as("builder").subjectFor("repo:other/shop", claims)).isEmpty();
            assertThatThrownBy(() -> acme.fromClaim("")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> acme.as("")).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

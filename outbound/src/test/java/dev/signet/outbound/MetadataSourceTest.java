package dev.signet.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.Issuer;
import dev.signet.core.metadata.MetadataException;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.outbound.OutboundException.Reason;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataSourceTest {
    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";
    private static final UnverifiedJwt FIRST = Keys.signedWith(Keys.FIRST);

    private final LocalServer server = LocalServer.http();
    private final OutboundHttp http =
            OutboundHttp.builder().allowHosts(Set.of("127.0.0.1")).build();
    private final TestClock clock = new TestClock();
    private final Issuer issuer = new Issuer(server.uri("").toString());
    private final MetadataSource metadata = source(issuer);

    @AfterEach
    void stop() {
        server.close();
    }

    private MetadataSource source(Issuer of) {
        return MetadataSource.builder(of, http)
                .clock(clock)
                .executor(Runnable::run)
                .build();
    }

    private String document(String named) {
        return "{\"issuer\":\"" + named + "\",\"jwks_uri\":\"" + server.uri("/jwks")
                + "\",\"token_endpoint\":\"https://as.example/token\",\"x_unknown\":[null]}";
    }

    private void publish(String path) {
        server.answering(path, Answers.json(document(issuer.value())));
    }

    @Nested
    @Requirement("8414-3.1-01")
    class Rfc_8414_3_1_request {

        @Test
        void is_made_at_the_oauth_path_alone_if_there_is_a_document() {
            publish(OAUTH);
            assertThat(metadata.metadata().tokenEndpoint()).isPresent();
            assertThat(server.paths()).containsExactly(OAUTH);
            assertThat(server.requests()).singleElement().asString().startsWith("GET ");
        }

        @Test
        void is_made_at_the_openid_path_if_there_is_none() {
            publish(OPENID);
            assertThat(metadata.metadata().issuer()).isEqualTo(issuer);
            assertThat(server.paths()).containsExactly(OAUTH, OPENID);
        }

        @Test
        void goes_by_the_path_of_the_issuer() {
            Issuer tenant = new Issuer(server.uri("/t/one").toString());
            server.answering("/t/one" + OPENID, Answers.json(document(tenant.value())));
            assertThat(source(tenant).metadata().issuer()).isEqualTo(tenant);
            assertThat(server.paths()).containsExactly(OAUTH + "/t/one", "/t/one" + OPENID);
        }

        @ParameterizedTest
        @ValueSource(strings = {"500 Oh", "403 Forbidden", "410 Gone", "204 No Content"})
        void is_made_nowhere_else_for_another_failure(String status) {
            server.answering(OAUTH, Answers.status(status));
            publish(OPENID);
            assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(metadata::metadata)
                    .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.STATUS));
            assertThat(server.paths()).containsExactly(OAUTH);
        }

        @Test
        void is_not_made_by_http_unless_the_host_is_allowed() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MetadataSource.builder(
                                    issuer, OutboundHttp.builder().build())
                            .allowStaleFor(Duration.ofDays(2))
                            .build())
                    .withMessageContaining("issuer")
                    .withMessageContaining("allowStaleFor");
        }
    }

    @Nested
    @Requirement({"8414-3.3-01", "8414-4-01"})
    class Rfc_8414_3_3_issuer {

        @Test
        void that_differs_by_a_slash_makes_the_document_useless() {
            server.answering(OAUTH, Answers.json(document(issuer.value() + "/")));
            publish(OPENID);
            assertThatExceptionOfType(MetadataException.class).isThrownBy(metadata::metadata);
            // Nothing of it is used, nothing else is tried.
            assertThat(server.paths()).containsExactly(OAUTH);
        }

        @Test
        void that_is_another_or_missing_makes_the_document_useless() {
            server.answering(OAUTH, Answers.json(document("https://as.example")));
            assertThatExceptionOfType(MetadataException.class).isThrownBy(metadata::metadata);
            server.answering(OAUTH, Answers.json("{\"jwks_uri\":\"https://as.example/jwks\"}"));
            clock.advance(Duration.ofSeconds(1));
            assertThatExceptionOfType(MetadataException.class).isThrownBy(metadata::metadata);
        }

        @Test
        void that_is_the_same_after_unescaping_is_the_same() {
            String escaped = issuer.value().replace("h", "\\u0068");
            server.answering(OAUTH, Answers.json(document(escaped)));
            assertThat(metadata.metadata().issuer()).isEqualTo(issuer);
        }
    }

    @Nested
    @Requirement("8414-3.2-02")
    class Rfc_8414_3_2_document {

        @Test
        void may_have_unknown_members() {
            publish(OAUTH);
            assertThat(metadata.metadata().toJson().has("x_unknown")).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "[]", "nonsense", "{\"issuer\":"})
        void that_is_no_json_object_is_refused(String body) {
            server.answering(OAUTH, Answers.json(body));
            assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(metadata::metadata)
                    .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.DOCUMENT_REFUSED));
        }

        @Test
        void of_another_type_is_refused() {
            server.answering(
                    OAUTH,
                    Answers.raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + document(issuer.value())));
            assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(metadata::metadata)
                    .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.CONTENT_TYPE));
        }
    }

    @Nested
    @Requirement("D-42")
    class Life {

        @Test
        void is_that_of_the_document() {
            publish(OAUTH);
            metadata.metadata();
            metadata.metadata();
            assertThat(server.paths()).hasSize(1);
            server.answering(OAUTH, Answers.json(document("https://other.example")));
            clock.advance(Duration.ofMinutes(15).minusMillis(1));
            assertThat(metadata.metadata().issuer()).isEqualTo(issuer);
            assertThat(server.paths()).hasSize(2);
            clock.advance(Duration.ofSeconds(30));
            assertThatExceptionOfType(MetadataException.class).isThrownBy(metadata::metadata);
        }
    }

    @Nested
    class Discovered_keys {
        private final DiscoveredKeys keys = DiscoveredKeys.builder(issuer, http)
                .clock(clock)
                .executor(Runnable::run)
                .build();

        @Test
        void are_those_at_the_jwks_uri_of_the_metadata() {
            publish(OAUTH);
            server.answering("/jwks", Answers.json(Keys.published(Keys.FIRST)));
            assertThat(keys.contains(Keys.FIRST.verificationKey())).isFalse();
            keys.verify(FIRST, Keys.ES256);
            keys.verify(FIRST, Keys.ES256);
            assertThat(server.paths()).containsExactly(OAUTH, "/jwks");
            assertThat(keys.contains(Keys.FIRST.verificationKey())).isTrue();
            assertThat(keys.contains(Keys.SECOND.verificationKey())).isFalse();
        }

        @Test
        @Requirement("9068-4-18")
        void are_fetched_once_more_for_an_unknown_one() {
            publish(OAUTH);
            server.answering("/jwks", Answers.json(Keys.published(Keys.FIRST)));
            keys.verify(FIRST, Keys.ES256);
            server.answering("/jwks", Answers.json(Keys.published(Keys.FIRST, Keys.SECOND)));
            keys.verify(Keys.signedWith(Keys.SECOND), Keys.ES256);
            assertThat(server.paths()).containsExactly(OAUTH, "/jwks", "/jwks");
        }

        @Test
        @Requirement("8414-3.3-01")
        void are_not_fetched_if_the_metadata_is_somebody_elses() {
            server.answering(OAUTH, Answers.json(document("https://other.example")));
            server.answering("/jwks", Answers.json(Keys.published(Keys.FIRST)));
            assertUnavailable();
            assertThat(server.paths()).containsExactly(OAUTH);
        }

        @Test
        void are_unavailable_if_the_metadata_names_none_or_is_not_there() {
            assertUnavailable();
            server.answering(OAUTH, Answers.json("{\"issuer\":\"" + issuer + "\"}"));
            clock.advance(Duration.ofSeconds(1));
            assertUnavailable();
        }

        @Test
        @Requirement("8725b-3.10-03")
        void are_unavailable_if_they_are_at_a_place_that_is_not_called() {
            String local = document(issuer.value()).replace("127.0.0.1:" + server.port() + "/jwks", "localhost/jwks");
            server.answering(OAUTH, Answers.json(local));
            assertUnavailable();
            assertThat(server.paths()).containsExactly(OAUTH);
        }

        @Test
        void follow_a_jwks_uri_that_changes() {
            publish(OAUTH);
            server.answering("/jwks", Answers.json(Keys.published(Keys.FIRST)));
            keys.verify(FIRST, Keys.ES256);
            server.answering(OAUTH, Answers.json(document(issuer.value()).replace("/jwks", "/other")));
            server.answering("/other", Answers.json(Keys.published(Keys.SECOND)));
            clock.advance(Duration.ofMinutes(15));
            keys.verify(Keys.signedWith(Keys.SECOND), Keys.ES256);
            assertThat(keys.contains(Keys.FIRST.verificationKey())).isFalse();
        }

        private void assertUnavailable() {
            assertThatExceptionOfType(KeysUnavailableException.class)
                    .isThrownBy(() -> keys.verify(FIRST, Keys.ES256))
                    .satisfies(unavailable -> assertThat(unavailable.detail()).contains(issuer.value()));
        }
    }
}

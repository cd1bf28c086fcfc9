package dev.signet.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signet.outbound.OutboundException.Reason;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"8725-3.10-02", "D-42"})
class UriRulesTest {
    private static final AllowedHosts NONE = AllowedHosts.of(Set.of());
    private static final AllowedHosts LOCAL = AllowedHosts.of(Set.of("localhost:8080", "[::1]", "Internal"));

    private final OutboundHttp http = OutboundHttp.builder().build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://as.example",
                "https://as.example/jwks",
                "HTTPS://AS.example:8443/a%2Fb?c=d",
                "https://[2606:4700::1111]/",
                "https://1.1.1.1:443/"
            })
    void https_is_called(String uri) {
        assertThat(http.permits(URI.create(uri))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://as.example/jwks",
                "http://localhost:8080/jwks",
                "ftp://as.example/",
                "file:///etc/passwd",
                "jar:https://as.example/!/",
                "mailto:somebody@as.example",
                "/jwks",
                "https:///jwks",
                "https:as.example",
                "https://user@as.example/",
                "https://user:secret@as.example/",
                "https://as.example/jwks#keys",
                "https://as.example.:443/",
                "https://as.example:0/",
                "https://as.example:65536/",
                "https://as_1.example/",
                // a character whose normal form is the grave accent, which no URI may have
                "https://as.example/secret\u1fef",
                "https://as.example/?secret\u1fef",
                "https://[fe80::1%25eth0]/"
            })
    void other_uris_are_not(String uri) {
        URI refused = URI.create(uri);
        assertThat(http.permits(refused)).isFalse();
        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> http.get(refused, FetchLimits.JWK_SET))
                .satisfies(exception -> assertThat(exception.reason()).isEqualTo(Reason.URI_REFUSED))
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/",
                "https://keys.LOCALHOST:8080/",
                "https://127.0.0.1/",
                "https://10.0.0.5:8443/",
                "https://[::1]/",
                "https://[fd00::5]/"
            })
    void hosts_that_are_internal_by_name_or_address_are_called_only_where_allowed(String uri) {
        assertThat(http.permits(URI.create(uri))).isFalse();
        OutboundHttp open = OutboundHttp.builder()
                .allowHosts(Set.of(URI.create(uri).getHost()))
                .build();
        assertThat(open.permits(URI.create(uri))).isTrue();
    }

    @Test
    void a_uri_of_more_than_2048_characters_is_not() {
        String base = "https://as.example/";
        assertThat(http.permits(URI.create(base + "a".repeat(2048 - base.length()))))
                .isTrue();
        assertThat(http.permits(URI.create(base + "a".repeat(2049 - base.length()))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:8080/", "http://LOCALHOST:8080/", "http://[::1]:99/", "http://internal/x"})
    void plain_http_is_spoken_with_allowed_hosts(String uri) {
        assertThat(Destination.of(URI.create(uri), LOCAL).isAllowed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost/", "http://localhost:8081/", "http://127.0.0.1:8080/", "http://a.internal/"})
    void plain_http_is_spoken_with_no_other_host(String uri) {
        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> Destination.of(URI.create(uri), LOCAL))
                .satisfies(exception -> assertThat(exception.reason()).isEqualTo(Reason.URI_REFUSED));
    }

    @Test
    void the_request_line_has_path_and_query_as_they_were_given() {
        assertThat(Destination.of(URI.create("https://as.example"), NONE).target())
                .isEqualTo("/");
        assertThat(Destination.of(URI.create("https://as.example/a%2Fb/?x=%20&y"), NONE)
                        .target())
                .isEqualTo("/a%2Fb/?x=%20&y");
        assertThat(Destination.of(URI.create("https://as.example/ü"), NONE).target())
                .isEqualTo("/%C3%BC");
    }

    @Test
    void a_destination_shows_no_query() {
        assertThat(Destination.of(URI.create("https://as.example/?key=secret"), NONE))
                .hasToString("as.example:443");
    }
}

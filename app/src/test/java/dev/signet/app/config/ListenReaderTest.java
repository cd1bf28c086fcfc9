package dev.signet.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.listener.ListenAddress;
import dev.signet.core.Issuer;
import dev.signet.testkit.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenReaderTest {

    private static final String HTTPS = "https://as.example.com";
    private static final String HTTP = "http://localhost:8080";

    @TempDir
    Path folder;

    private final Faults faults = new Faults("f");

    private ListenAddress read(String issuer, String yaml) {
        Section top = Section.top(
                new YamlReader(faults, Environment.of(Map.of())).read(yaml).orElseThrow(), faults);
        top.has("issuer");
        return new ListenReader(new NamedFile(folder)).read(top, Optional.of(Issuer.of(issuer)));
    }

    private List<String> faults() {
        try {
            faults.throwIfAny();
            return List.of();
        } catch (ConfigException e) {
            return e.faults().stream().map(Fault::toString).toList();
        }
    }

    @Test
    void without_a_word_it_is_port_8080_of_this_machine_only() {
        ListenAddress address = read(HTTP, "issuer: x\n");
        assertThat(address).hasToString("127.0.0.1:8080");
        assertThat(address.tls()).isEmpty();
        assertThat(faults()).isEmpty();
    }

    @Nested
    @Requirement({"7521-8.2-01", "6749-2.3.1-05"})
    class Plain_http_off_loopback {
        @ParameterizedTest
        @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "localhost", "'::1'", "'[::1]'"})
        void a_loopback_address_may_do_without_tls(String host) {
            read(HTTP, "issuer: x\nlisten: {host: " + host + ", port: 80}\n");
            read(HTTPS, "issuer: x\nlisten: {host: " + host + ", port: 80}\n");
            assertThat(faults()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"0.0.0.0", "'::'", "as.example.com", "192.168.1.5", "localhost.example.com", "128.0.0.1"})
        void any_other_address_may_not(String host) {
            read(HTTPS, "issuer: x\nlisten: {host: " + host + "}\n");
            assertThat(faults()).hasSize(1);
            assertThat(faults().get(0))
                    .startsWith("f:2: listen.host: expected a loopback address or listen.tls")
                    .contains("allow_plain_http_behind_proxy");
        }

        @ParameterizedTest
        @ValueSource(strings = {"127.0.0.999", "127.1", "'a b'", "'https://as.example.com'", "'127.0.0.1:80'"})
        void what_is_no_name_and_no_address_is_refused(String host) {
            read(HTTPS, "issuer: x\nlisten: {host: " + host + ", allow_plain_http_behind_proxy: true}\n");
            assertThat(faults()).containsExactly("f:2: listen.host: expected the name or address of this machine");
        }

        @ParameterizedTest
        @ValueSource(strings = {"+80", "\u0668\u0660", "0x50", "8_0"})
        void a_port_is_written_in_digits(String port) {
            read(HTTPS, "issuer: x\nlisten: {port: " + port + "}\n");
            assertThat(faults()).containsExactly("f:2: listen.port: expected a whole number from 0 to 65535");
        }

        @Test
        void a_proxy_that_ends_tls_has_to_be_named() {
            read(HTTPS, "issuer: x\nlisten: {host: 0.0.0.0, allow_plain_http_behind_proxy: true}\n");
            assertThat(faults()).isEmpty();
        }

        @Test
        void an_http_issuer_never_leaves_the_machine() {
            read(HTTP, "issuer: x\nlisten: {host: 0.0.0.0, allow_plain_http_behind_proxy: true}\n");
            assertThat(faults())
                    .containsExactly("f:2: listen.host: expected a loopback address, since the issuer is an http URL"
                            + " of this machine");
        }
    }

    @Test
    void faults_of_the_tls_files_are_told_each_at_its_line() {
        read(HTTP, "issuer: x\nlisten:\n  tls:\n    certificate: none.pem\n    extra: 1\n");
        assertThat(faults())
                .containsExactly(
                        "f:1: issuer: expected an https URL, since listen.tls is set",
                        "f:3: listen.tls.key: is missing: expected the name of a PEM file",
                        "f:4: listen.tls.certificate: there is no such file",
                        "f:5: listen.tls.extra: unknown key: expected one of certificate, key");
    }
}

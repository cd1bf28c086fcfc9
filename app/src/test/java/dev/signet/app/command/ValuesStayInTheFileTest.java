package dev.signet.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.config.Environment;
import dev.signet.app.console.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator who puts a secret in the wrong place does not find it in the terminal or in the log of a build. */
class ValuesStayInTheFileTest {

    private static final String MARK = "hunter2hunter2";

    /** Each value between {@code <<} and {@code >>} is a secret in turn. Identifiers that are public are not among them. */
    private static final String EVERYTHING = """
            issuer: https://as.example.com
            listen:
              host: "<<0.0.0.0>>"
              port: "<<9443>>"
              tls: {certificate: "<<cert.pem>>", key: "<<key.pem>>"}
              allow_plain_http_behind_proxy: "<<false>>"
            store: {url: "<<jdbc:postgresql://db.example.com/signet>>", user: "<<signet>>", password: "<<p>>"}
            encryption: {key: "<<AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA>>", key_file: "<<store.key>>"}
            signing: {algorithm: "<<ES256>>", keys: ["<<signing.pem>>", "<<signing.pem>>"]}
            crypto: "<<jdk>>"
            log: {level: "<<debug>>"}
            outbound: {allow_hosts: ["<<keys.internal>>"]}
            resources:
              - {resource: "https://api.example.com", scopes: [a], default: "<<true>>", token_lifetime: "<<5m>>", scope_required: "<<false>>"}
            clients:
              - client_id: r
                token_endpoint_auth_method: "<<private_key_jwt>>"
                token_endpoint_auth_signing_alg: "<<ES256>>"
                grant_types: ["<<client_credentials>>"]
                scope: a
                jwks: {keys: [{kty: "<<EC>>", crv: "<<P-256>>", kid: "<<k>>", use: "<<sig>>", alg: "<<ES256>>", x: "<<AAAA>>", y: "<<AAAA>>"}]}
                require_assertion_typ: "<<true>>"
                legacy_assertion_audience: "<<true>>"
              - {client_id: s, client_secret: "<<short>>", grant_types: "<<client_credentials>>", jwks: "<<text>>"}
              - {client_id: t, jwks_uri: "<<https://keys.internal/ci>>", grant_types: [client_credentials]}
            trusted_issuers:
              - issuer: https://ci.example.com
                jwks_uri: "<<https://keys.internal/ci>>"
                algorithms: ["<<RS256>>"]
                subjects: ["<<repo:acme/*>>"]
                subject_prefix: "<<ci/>>"
                clients: [shop]
                required_claims: ["<<environment>>"]
                maximum_lifetime: "<<30m>>"
                allow_assertion_reuse: "<<true>>"
                enabled: "<<true>>"
                subject_claim: "<<job>>"
                conditions: {ref: {equals: "<<main>>"}, env: {one_of: ["<<test>>", 7]}, groups: {contains: "<<admins>>"}, path: {begins_with: "<<x/>>"}}
              - {issuer: "https://idp.example.com", jwks: {keys: "<<text>>"}, subjects: {a: "<<alice>>"}}
              - {issuer: "https://id.example.com", discovery: "<<true>>", allow_any_subject: "<<true>>", fixed_subject: "<<bob>>"}
            """;

    private static final Pattern VALUE = Pattern.compile("<<(.*?)>>");

    @TempDir
    Path folder;

    /** What {@code check} says. */
    private String check(String yaml, String secret) throws IOException {
        Path file = Files.writeString(folder.resolve("signet.yaml"), yaml);
        StringWriter said = new StringWriter();
        PrintWriter everything = new PrintWriter(said);
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]), everything, everything, OutputStream.nullOutputStream());
        int code = SignetCommand.run(
                terminal, Environment.of(Map.of("SECRET", secret)), Clock.systemUTC(), "check", "--config", "" + file);
        assertThat(code).describedAs(said.toString()).isIn(0, 1);
        return said.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MARK,
                "-----BEGIN PRIVATE KEY-----\n" + MARK + "\n-----END PRIVATE KEY-----\n",
                "https://user:" + MARK + "@keys.example.com",
                "jdbc:h2:file:./" + MARK + "\u0000",
                "urn:" + MARK
            })
    void whatever_value_is_a_secret_in_turn_is_not_repeated(String secret) throws IOException {
        Matcher values = VALUE.matcher(EVERYTHING);
        int turns = 0;
        while (values.find()) {
            String yaml = EVERYTHING.substring(0, values.start()) + "${SECRET}" + EVERYTHING.substring(values.end());
            assertThat(check(VALUE.matcher(yaml).replaceAll("$1"), secret))
                    .describedAs("in place of %s at %d", values.group(1), values.start())
                    .doesNotContain(MARK);
            turns++;
        }
        assertThat(turns).isGreaterThan(43);
    }

    @Test
    void content_in_place_of_a_file_name_is_told_for_what_it_is() throws IOException {
        assertThat(check("signing: {keys: [\"${SECRET}\", none.pem]}\n", "-----BEGIN PRIVATE KEY-----\nMIG"))
                .contains(":1: signing.keys[0]: expected the name of a file, not its content")
                .contains(":1: signing.keys[1]: there is no such file");
    }

    @Test
    void a_key_that_can_be_no_name_is_not_repeated() throws IOException {
        String secret = MARK + MARK + MARK;
        assertThat(check("\"" + secret + "\": x\nlog: {\"-----BEGIN " + MARK + "\": {x: &a y}}\n", "")
                        + check("\"" + secret + "\": x\n\"" + secret + "\": y\n", ""))
                .contains(":1: …: unknown key: expected one of ")
                .contains(":2: log.….x: anchors and aliases")
                .doesNotContain(MARK);
        assertThat(check("log: {levle: info}\n", "")).contains(":1: log.levle: unknown key: expected one of level");
    }

    @Test
    void a_tag_is_not_repeated() throws IOException {
        assertThat(check("issuer: !" + MARK + "!x\n", "")).doesNotContain(MARK);
    }
}

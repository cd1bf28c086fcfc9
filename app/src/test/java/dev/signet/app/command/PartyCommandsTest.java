package dev.signet.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.config.Environment;
import dev.signet.app.console.Terminal;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands about trusts and clients, on the store of a configuration. */
class PartyCommandsTest {

    private static final String JWKS = FixedKeys.publicKeys(FixedKeys.issuer()).toJson();
    private static final String CI = "https://ci.example.com";
    private static final String TRUST = """
            issuer: https://ci.example.com
            discovery: true
            subjects: ["repo:acme/*"]
            conditions:
              ref: {equals: refs/heads/main}
            scope: read
            maximum_lifetime: 15m
            """;

    @TempDir
    Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("signet.yaml"), """
                issuer: http://localhost:8080
                store: {url: "jdbc:h2:file:./store"}
                resources: [{resource: "https://api.example.com", scopes: [read, write], default: true}]
                clients:
                  - {client_id: fixed, client_secret: 0123456789abcdef0123456789abcdef, grant_types: [client_credentials]}
                users: [{sub: carol}]
                trusted_issuers:
                  - {issuer: "https://fixed.example.com", jwks: %s, subjects: {u1: alice}}
                """.formatted(JWKS));
    }

    private int run(String... arguments) {
        return runWith("", arguments);
    }

    private int runWith(String input, String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                OutputStream.nullOutputStream());
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", folder.resolve("signet.yaml").toString()));
        return SignetCommand.run(terminal, Environment.of(Map.of()), Clock.systemUTC(), all.toArray(String[]::new));
    }

    private void isDone(String... arguments) {
        assertThat(run(arguments)).as(err::toString).isZero();
    }

    private void isRefused(String words, String... arguments) {
        assertThat(run(arguments)).as(err::toString).isEqualTo(1);
        assertThat(err.toString()).contains(words);
        assertThat(out.toString()).isEmpty();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("store") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "sa", "");
    }

    /** How many rows that changed. */
    private int execute(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** What the database holds, table by table. */
    private String database() throws Exception {
        StringBuilder rows = new StringBuilder();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("signet_client", "signet_trusted_issuer")) {
                try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
                    while (row.next()) {
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            rows.append(row.getString(i)).append('\n');
                        }
                    }
                }
            }
        }
        return rows.toString();
    }

    private JsonObject shown(String kind, String identifier) {
        isDone(kind, "show", identifier, "--json");
        return JsonObject.parse(out.toString().strip());
    }

    @Nested
    class Registration_tokens {

        @Test
        @Requirement({"D-37", "7591-1-01"})
        void are_made_listed_and_deleted_and_shown_once() throws Exception {
            String fixed = file("fixed.json", "{\"scope\": \"read\"}");
            isDone("registration-token", "create", "crew", "--uses", "2", "--lifetime", "1h", "--metadata", fixed);
            String text = out.toString().strip();
            assertThat(text).hasSize(43);
            assertThat(err.toString()).contains("shown this once", "registration is off");
            isRefused("there is a registration token crew already", "registration-token", "create", "crew");
            isDone("registration-token", "list");
            assertThat(out.toString())
                    .contains("crew", "for 2 clients", "fixes scope")
                    .doesNotContain(text);
            isDone("registration-token", "list", "--json");
            JsonObject listed = JsonObject.parse(out.toString().strip());
            assertThat(listed.findObjects("registration_tokens").orElseThrow())
                    .singleElement()
                    .satisfies(token -> {
                        assertThat(token.requireString("name")).isEqualTo("crew");
                        assertThat(token.findLong("uses_left")).contains(2L);
                        assertThat(token.toJson()).doesNotContain(text);
                    });
            isDone("registration-token", "delete", "crew");
            isRefused("there is no registration token of that name", "registration-token", "delete", "crew");
            isDone("registration-token", "list");
            assertThat(out.toString().strip()).isEqualTo("there is no registration token");
        }

        @Test
        void fix_only_what_a_client_can_have() throws Exception {
            isRefused(
                    "metadata can't fix client_id, colour",
                    "registration-token",
                    "create",
                    "crew",
                    "--metadata",
                    file("bad.json", "{\"colour\": \"blue\", \"client_id\": \"fixed\"}"));
            assertThat(run("registration-token", "create", "crew", "--lifetime", "1s"))
                    .isEqualTo(2);
            assertThat(run("registration-token", "create", "crew", "--uses", "0"))
                    .isEqualTo(2);
            isDone("registration-token", "list");
            assertThat(out.toString().strip()).isEqualTo("there is no registration token");
        }
    }

    @Nested
    class Trust {

        @Test
        @Requirement("7523-5-02")
        void is_added_from_the_words_of_the_configuration_and_shown_in_them() throws Exception {
            isDone("trust", "add", file("ci.yaml", TRUST));
            assertThat(out.toString()).isEqualTo("trusted: " + CI + System.lineSeparator());
            JsonObject shown = shown("trust", CI);
            assertThat(shown.requireString("issuer")).isEqualTo(CI);
            assertThat(shown.findLong("maximum_lifetime")).hasValue(900L);
            assertThat(shown.requireObject("conditions").requireObject("ref").requireString("equals"))
                    .isEqualTo("refs/heads/main");
            isDone("trust", "show", CI);
            String words = out.toString();
            isDone("trust", "remove", CI);
            assertThat(runWith(words, "trust", "add", "-")).as(err::toString).isZero();
            assertThat(shown("trust", CI)).isEqualTo(shown);
        }

        @Test
        void takes_the_place_of_another_only_if_that_is_said() throws Exception {
            String file = file("ci.yaml", TRUST);
            isDone("trust", "add", file);
            String other = file("other.yaml", TRUST.replace("scope: read", "scope: write"));
            isRefused("there is a trust in " + CI + " already: say --replace to replace it", "trust", "add", other);
            assertThat(shown("trust", CI).requireString("scope")).isEqualTo("read");
            isDone("trust", "add", other, "--replace");
            assertThat(out.toString()).startsWith("replaced: ");
            assertThat(shown("trust", CI).requireString("scope")).isEqualTo("write");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 20_000})
        void keeps_no_trust_that_could_not_be_read_again(int subjects) throws IOException {
            String patterns = Stream.iterate("\"s" + "x".repeat(150_000 / subjects) + "\"", pattern -> pattern)
                    .limit(subjects)
                    .collect(Collectors.joining(", "));
            isRefused(
                    "the trust in " + CI + " is too large to be kept",
                    "trust",
                    "add",
                    file("large.yaml", TRUST.replace("\"repo:acme/*\"", patterns)));
            isDone("trust", "add", file("ci.yaml", TRUST));
            isDone("trust", "list");
        }

        @Test
        void is_held_against_the_configuration_with_line_and_key() throws Exception {
            String file = file("ci.yaml", TRUST.replace("refs/heads/main", "").replace("scope: read", "scope: none"));
            assertThat(run("trust", "add", file)).isEqualTo(1);
            assertThat(err.toString()).contains(file + ":5: conditions.ref.equals: a value must be text");
            file("ci.yaml", TRUST.replace("scope: read", "scope: none"));
            assertThat(run("trust", "add", file)).isEqualTo(1);
            assertThat(err.toString()).contains(file + ":6: scope: belongs to no resource: none");
            file("ci.yaml", "[]");
            assertThat(run("trust", "add", file)).isEqualTo(1);
            assertThat(database()).isEmpty();
        }

        @Test
        void is_switched_off_and_on_and_removed() throws Exception {
            isDone("trust", "add", file("ci.yaml", TRUST));
            isDone("trust", "disable", CI);
            assertThat(shown("trust", CI).findBoolean("enabled")).hasValue(false);
            isDone("trust", "list");
            assertThat(out.toString())
                    .isEqualToIgnoringNewLines("https://fixed.example.com  enabled  in the configuration  jwks" + CI
                            + "  disabled  in the store  discovery  scope read");
            isDone("trust", "enable", CI);
            assertThat(shown("trust", CI).has("enabled")).isFalse();
            isDone("trust", "remove", CI);
            isRefused("nothing is known of a trust in " + CI, "trust", "show", CI);
        }

        @ParameterizedTest
        @ValueSource(strings = {"disable", "enable", "remove", "show"})
        void that_is_not_there_is_told(String command) {
            isRefused("nothing is known of a trust in " + CI, "trust", command, CI);
        }

        @Test
        void of_the_configuration_is_changed_there() throws Exception {
            String words = "is in the configuration file: change it there, under trusted_issuers";
            for (String command : List.of("disable", "enable", "remove")) {
                isRefused(words, "trust", command, "https://fixed.example.com");
            }
            String same = file("fixed.yaml", TRUST.replace(CI, "https://fixed.example.com"));
            isRefused(words, "trust", "add", same, "--replace");
            assertThat(shown("trust", "https://fixed.example.com")
                            .requireObject("subjects")
                            .requireString("u1"))
                    .isEqualTo("alice");
        }

        @Test
        void is_listed_for_programs() throws Exception {
            isDone("trust", "add", file("ci.yaml", TRUST));
            isDone("trust", "list", "--json");
            List<JsonObject> trusts = JsonObject.parse(out.toString().strip())
                    .findObjects("trusted_issuers")
                    .orElseThrow();
            assertThat(trusts).extracting(trust -> trust.requireString("in")).containsExactly("configuration", "store");
            assertThat(trusts.get(1).requireObject("trust")).isEqualTo(shown("trust", CI));
        }

        @Test
        @Requirement({"D-12", "9068-5-02"})
        void gives_nobody_the_name_of_a_client() throws Exception {
            isDone("client", "create", "batch", "--secret");
            for (String names : List.of(
                    "subjects: {u1: batch}",
                    "subjects: [batch]",
                    "{subjects: [\"x*\"], fixed_subject: fixed}",
                    "{subjects: [\"x*\"], scope: read, allow_unauthenticated_client: batch}")) {
                String file = file(
                        "named.yaml",
                        "issuer: " + CI + "\ndiscovery: true\n"
                                + names.replaceAll("^\\{|}$", "")
                                        .replace(", ", "\n")
                                        .replace("u1: batch", "{u1: batch}")
                                        .replace("{{", "{"));
                assertThat(run("trust", "add", file)).as(names + err).isEqualTo(1);
                assertThat(err.toString()).contains("is a name that the trust in " + CI + " gives to others");
            }
        }
    }

    @Nested
    class Test_of_a_trust {

        private String assertion(String subject) {
            return JwtSigner.of(FixedKeys.issuer(), "JWT")
                    .sign(AssertionGrant.claims(
                            CI,
                            subject,
                            Issuer.of("http://localhost:8080"),
                            new JwtId("j1"),
                            Instant.now(),
                            Duration.ofMinutes(5)));
        }

        private int tested(String subject, String... options) {
            List<String> all = new ArrayList<>(List.of("trust", "test", "-"));
            all.addAll(List.of(options));
            return runWith(assertion(subject), all.toArray(String[]::new));
        }

        @Test
        @Requirement("7523-5-02")
        void prints_each_check_and_what_the_token_would_say() throws Exception {
            isDone("client", "create", "shop", "--secret", "--scope", "read write", "--grant", GrantType.JWT_BEARER);
            isDone(
                    "trust",
                    "add",
                    file(
                            "ci.yaml",
                            TRUST.replace("discovery: true", "jwks: " + JWKS)
                                    .replaceFirst("(?s)conditions:.*main}\n", "")));
            assertThat(tested("repo:acme/shop", "--client", "shop", "--scope", "read"))
                    .isZero();
            assertThat(out.toString())
                    .contains(
                            "ok           subject",
                            "ok           target",
                            "not reached  single-use",
                            "the server accepts it",
                            "the access token would say",
                            "\"sub\": \"repo:acme/shop\"",
                            "\"client_id\": \"shop\"",
                            "https://api.example.com")
                    .doesNotContain(assertion("repo:acme/shop"));
            assertThat(err.toString()).isEmpty();
            assertThat(tested("repo:acme/shop")).isEqualTo(1);
            assertThat(out.toString()).contains("client-credentials-missing");
            assertThat(err.toString()).contains("say --client for one who has");
            assertThat(tested("repo:acme/shop", "--client", "shop", "--json")).isZero();
            JsonObject token = JsonObject.parse(out.toString().strip()).requireObject("token");
            assertThat(token.requireString("scope")).isEqualTo("read");
            assertThat(token.findLong("exp").orElseThrow()
                            - token.findLong("iat").orElseThrow())
                    .isBetween(60L, 300L);
        }

        @Test
        void prints_where_it_fails() throws Exception {
            isDone("client", "create", "shop", "--secret", "--scope", "read", "--grant", GrantType.JWT_BEARER);
            assertThat(tested("repo:acme/shop", "--client", "shop")).isEqualTo(1);
            assertThat(out.toString()).contains("FAILED       issuer", "assertion-issuer-untrusted");
            isDone("trust", "add", file("ci.yaml", TRUST.replace("discovery: true", "jwks: " + JWKS)));
            assertThat(tested("repo:acme/shop", "--client", "shop")).isEqualTo(1);
            assertThat(out.toString())
                    .contains("FAILED       conditions", "ref is missing")
                    .doesNotContain("would say");
            assertThat(tested("repo:acme/shop", "--resource", "not absolute")).isEqualTo(2);
        }
    }

    @Nested
    class Client {

        @Test
        void gets_keys_of_which_only_the_public_half_is_kept() throws Exception {
            isDone("client", "create", "reporter", "--generate-keys", "--scope", "read");
            String printed = out.toString().strip();
            JsonObject jwk = JsonObject.parse(printed);
            SigningKey key = SigningKey.fromJwk(jwk, CryptoProvider.jdk());
            assertThat(key.algorithm()).isEqualTo(JwsAlgorithm.ES256);
            JsonObject client = shown("client", "reporter");
            assertThat(client.requireString("token_endpoint_auth_method")).isEqualTo("private_key_jwt");
            assertThat(client.requireObject("jwks").findObjects("keys").orElseThrow())
                    .containsExactly(key.verificationKey().toJwk());
            String secret = jwk.requireString("d");
            assertThat(client.toJson()).doesNotContain("\"d\"", secret);
            assertThat(database()).contains(key.keyId()).doesNotContain("\"d\"", secret);
            isNowhereIn(secret);
        }

        private void isNowhereIn(String secret) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(secret);
                }
            }
        }

        @ParameterizedTest
        @CsvSource({"RS256", "Ed25519", "PS256", "ES384"})
        void gets_keys_for_the_algorithm_that_was_named(String algorithm) {
            isDone("client", "create", "reporter", "--generate-keys=" + algorithm, "--format", "pem");
            SigningKey key = SigningKey.fromPem(
                    out.toString(), JwsAlgorithm.find(algorithm).orElseThrow(), CryptoProvider.jdk());
            assertThat(shown("client", "reporter").toJson()).contains(key.keyId(), algorithm);
        }

        @Test
        void gets_its_key_into_a_file_that_is_its_owners_alone_and_was_not_there() throws Exception {
            Path file = folder.resolve("key.json");
            isDone("client", "create", "reporter", "--generate-keys", "--out", file.toString());
            assertThat(out.toString()).isEmpty();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            String key = Files.readString(file);
            assertThat(SigningKey.fromJwk(JsonObject.parse(key.strip()), CryptoProvider.jdk())
                            .keyId())
                    .isIn(shown("client", "reporter").requireObject("jwks").findObjects("keys").orElseThrow().stream()
                            .map(jwk -> jwk.requireString("kid"))
                            .toList());
            isRefused(
                    "--out: there is a file of that name",
                    "client",
                    "create",
                    "other",
                    "--generate-keys",
                    "--out",
                    file.toString());
            assertThat(Files.readString(file)).isEqualTo(key);
            isRefused("there is no client other", "client", "show", "other");
        }

        @Test
        @Requirement("6749-2.3-01")
        void authenticates_by_a_method_that_is_allowed_for_what_it_is_registered_for() throws IOException {
            Path config = folder.resolve("signet.yaml");
            Files.writeString(
                    config,
                    Files.readString(config)
                            + "client_authentication: {grants: {client_credentials: [client_secret_basic]}}\n");
            isRefused(
                    "client_authentication does not allow private_key_jwt",
                    "client",
                    "create",
                    "reporter",
                    "--generate-keys");
            isRefused("there is no client reporter", "client", "show", "reporter");
            isDone("client", "create", "reporter", "--secret");
        }

        @Test
        void brings_its_public_keys() throws Exception {
            isDone("client", "create", "keyed", "--jwks", file("jwks.json", JWKS));
            assertThat(shown("client", "keyed").requireObject("jwks")).isEqualTo(JsonObject.parse(JWKS));
            isDone("client", "create", "published", "--jwks-uri", "https://c.example.com/jwks");
            assertThat(shown("client", "published").requireString("jwks_uri")).isEqualTo("https://c.example.com/jwks");
            String priv = "{\"keys\":[" + FixedKeys.client().toPrivateJwk().toJson() + "]}";
            isRefused("client private: jwks: ", "client", "create", "private", "--jwks", file("private.json", priv));
            assertThat(err.toString())
                    .doesNotContain(FixedKeys.client().toPrivateJwk().requireString("d"));
        }

        @Test
        @Requirement("OIDC-9-07")
        void gets_a_secret_that_is_shown_once() throws Exception {
            isDone("client", "create", "batch", "--secret");
            String secret = out.toString().strip();
            assertThat(secret).hasSize(64);
            assertThat(err.toString()).doesNotContain(secret);
            isDone("client", "show", "batch");
            assertThat(out.toString()).contains("client_secret_basic").doesNotContain(secret);
            isDone("client", "list", "--json");
            assertThat(out.toString()).doesNotContain(secret);
            assertThat(database()).doesNotContain(secret);
            isNowhereIn(secret);
        }

        @Test
        void gets_another_secret_in_place_of_the_old_one() throws Exception {
            isDone("client", "create", "batch", "--secret", "--scope", "read");
            String old = out.toString().strip();
            String before = database();
            isDone("client", "rotate-secret", "batch");
            assertThat(out.toString().strip()).hasSize(64).isNotEqualTo(old);
            assertThat(database()).isNotEqualTo(before);
            assertThat(shown("client", "batch").requireString("scope")).isEqualTo("read");
            isDone("client", "create", "keyed", "--generate-keys");
            isRefused("has no secret: it authenticates by private_key_jwt", "client", "rotate-secret", "keyed");
        }

        @Test
        void is_another_than_the_one_that_had_its_name_before() throws Exception {
            long before = Instant.now().getEpochSecond();
            isDone("client", "create", "batch", "--secret");
            assertThat(shown("client", "batch").findLong("client_id_issued_at").orElseThrow())
                    .isBetween(before, Instant.now().getEpochSecond());
            String later = file("later.json", "{\"client_id_issued_at\": 0}");
            isDone("client", "create", "shop", "--secret", "--metadata", later);
            assertThat(shown("client", "shop").findLong("client_id_issued_at").orElseThrow())
                    .isBetween(before, Instant.now().getEpochSecond());
        }

        @Test
        void gets_other_keys_in_place_of_the_old_ones() throws Exception {
            isDone("client", "create", "keyed", "--generate-keys", "--scope", "read");
            isDone("client", "set-keys", "keyed", "--jwks", file("jwks.json", JWKS));
            assertThat(shown("client", "keyed").requireObject("jwks")).isEqualTo(JsonObject.parse(JWKS));
            isDone("client", "set-keys", "keyed", "--jwks-uri", "https://c.example.com/jwks");
            assertThat(shown("client", "keyed").has("jwks")).isFalse();
            isDone("client", "set-keys", "keyed", "--generate-keys");
            SigningKey key = SigningKey.fromJwk(JsonObject.parse(out.toString().strip()), CryptoProvider.jdk());
            assertThat(shown("client", "keyed").toJson())
                    .contains(key.keyId(), "\"scope\":\"read\"")
                    .doesNotContain("jwks_uri");
            isDone("client", "create", "batch", "--secret");
            isRefused("jwks or jwks_uri is given, though", "client", "set-keys", "batch", "--generate-keys");
        }

        @Test
        void is_described_by_metadata_and_options() throws Exception {
            String metadata = file(
                    "client.json",
                    "{\"grant_types\":[\"client_credentials\"],\"scope\":\"read\",\"access_token_lifetime\":120}");
            isDone("client", "create", "batch", "--metadata", metadata, "--secret", "--method", "client_secret_post");
            assertThat(shown("client", "batch").toBuilder()
                            .remove("client_id_issued_at")
                            .build())
                    .isEqualTo(JsonObject.parse("""
                            {"client_id":"batch","token_endpoint_auth_method":"client_secret_post",
                             "grant_types":["client_credentials"],"scope":"read","access_token_lifetime":120}"""));
            String federated = "{\"federated_identity\":{\"issuer\":\"" + CI
                    + "\",\"conditions\":{\"ref\":{\"equals\":\"refs/heads/main\"}}}}";
            isDone("client", "create", "job", "--metadata", file("federated.json", federated));
            assertThat(shown("client", "job")
                            .requireObject("federated_identity")
                            .requireString("issuer"))
                    .isEqualTo(CI);
            isDone("client", "create", "public", "--none");
            assertThat(shown("client", "public").requireString("token_endpoint_auth_method"))
                    .isEqualTo("none");
            isRefused(
                    "client_id is that of another client",
                    "client",
                    "create",
                    "x",
                    "--metadata",
                    file("other.json", "{\"client_id\":\"y\"}"));
            isRefused("--metadata: ", "client", "create", "x", "--metadata", file("garbage.json", "{\"a\":"));
        }

        @Test
        void may_ask_people_for_authorization() {
            isDone(
                    "client",
                    "create",
                    "shop",
                    "--secret",
                    "--redirect-uri",
                    "https://a.example/1",
                    "--redirect-uri",
                    "https://a.example/2");
            JsonObject shop = shown("client", "shop");
            assertThat(shop.findStrings("redirect_uris"))
                    .contains(List.of("https://a.example/1", "https://a.example/2"));
            assertThat(shop.findStrings("grant_types")).contains(List.of("authorization_code"));

            isRefused(
                    "client cli: redirect_uris must use https",
                    "client",
                    "create",
                    "cli",
                    "--none",
                    "--redirect-uri",
                    "http://127.0.0.1/callback");
            isDone("client", "create", "cli", "--none", "--native", "--redirect-uri", "http://127.0.0.1/callback");
            assertThat(shown("client", "cli").requireString("application_type")).isEqualTo("native");
        }

        @Test
        void fits_to_the_configuration() {
            isRefused(
                    "client c: scope: belongs to no resource: none",
                    "client",
                    "create",
                    "c",
                    "--secret",
                    "--scope",
                    "none");
            isRefused(
                    "resources: is not among the resources",
                    "client",
                    "create",
                    "c",
                    "--secret",
                    "--resource",
                    "urn:x:y");
            isRefused(
                    "client_secret_jwt is not enabled",
                    "client",
                    "create",
                    "c",
                    "--secret",
                    "--method",
                    "client_secret_jwt");
            isRefused(
                    "grant_types has an unsupported value", "client", "create", "c", "--secret", "--grant", "password");
            isRefused("there is no client c", "client", "show", "c");
        }

        @Test
        @Requirement({"D-12", "9068-5-02"})
        void is_nobody_else() throws Exception {
            isDone("client", "create", "batch", "--secret");
            isRefused("there is a client batch already", "client", "create", "batch", "--secret");
            isRefused("is in the configuration file", "client", "create", "fixed", "--secret");
            isRefused(
                    "the client_id alice is a name that the trust in https://fixed.example.com gives to others",
                    "client",
                    "create",
                    "alice",
                    "--secret");
            isRefused(
                    "the client_id carol is the sub of a user in the configuration file",
                    "client",
                    "create",
                    "carol",
                    "--secret");
            isDone("trust", "add", file("ci.yaml", TRUST + "fixed_subject: robot\n"));
            isRefused("the client_id robot is a name", "client", "create", "robot", "--secret");
            isDone("trust", "add", file("ci.yaml", TRUST + "allow_unauthenticated_client: somebody\n"), "--replace");
            isRefused("the client_id somebody is a name", "client", "create", "somebody", "--secret");
            isDone("client", "create", "robot", "--secret");
        }

        @Test
        void is_switched_off_and_on_and_deleted() throws Exception {
            isDone("client", "create", "batch", "--secret", "--scope", "read");
            isDone("client", "disable", "batch");
            isDone("client", "list");
            assertThat(out.toString())
                    .isEqualToIgnoringNewLines("fixed  enabled  in the configuration  client_secret_basic"
                            + "batch  disabled  in the store  client_secret_basic  scope read");
            isDone("client", "enable", "batch");
            assertThat(shown("client", "batch").has("enabled")).isFalse();
            assertThat(run("client", "delete", "batch")).isEqualTo(2);
            assertThat(err.toString()).contains("say --yes to delete it");
            isDone("client", "show", "batch");
            isDone("client", "delete", "batch", "--yes");
            isRefused("there is no client batch", "client", "show", "batch");
            assertThat(database()).isEmpty();
        }

        @Test
        void is_deleted_with_what_people_let_it_do() throws Exception {
            isDone("client", "create", "batch", "--secret", "--scope", "read");
            isDone("client", "create", "other", "--secret", "--scope", "read");
            execute("INSERT INTO signet_consent (digest, subject_digest, client_id, resource, scope_token) VALUES"
                    + " ('01', '0a', 'batch', 'https://api.example.com', ''),"
                    + " ('02', '0a', 'other', 'https://api.example.com', '')");
            isDone("client", "delete", "batch", "--yes");
            assertThat(execute("UPDATE signet_consent SET client_id = client_id WHERE client_id = 'batch'"))
                    .isZero();
            assertThat(execute("UPDATE signet_consent SET client_id = client_id WHERE client_id = 'other'"))
                    .isOne();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "disable nobody",
                    "enable nobody",
                    "rotate-secret nobody",
                    "delete nobody --yes",
                    "set-keys nobody --generate-keys",
                    "show nobody"
                })
        void that_is_not_there_is_told(String command) {
            isRefused(
                    "there is no client nobody",
                    Stream.concat(Stream.of("client"), Stream.of(command.split(" ")))
                            .toArray(String[]::new));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "disable fixed",
                    "enable fixed",
                    "rotate-secret fixed",
                    "delete fixed --yes",
                    "set-keys fixed --generate-keys"
                })
        void of_the_configuration_is_changed_there(String command) {
            isRefused(
                    "the client fixed is in the configuration file: change it there, under clients",
                    Stream.concat(Stream.of("client"), Stream.of(command.split(" ")))
                            .toArray(String[]::new));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "client create c | expected one of --generate-keys, --jwks, --jwks-uri, --secret and --none",
                    "client create c --secret --none | expected one of",
                    "client create c --secret --generate-keys | expected one of",
                    "client create c --none --method client_secret_post | --method goes with --secret",
                    "client create c --secret --out x | --out and --format go with --generate-keys",
                    "client create c --generate-keys=HS256 | expected a JWS algorithm such as ES256, after =",
                    "client create c --generate-keys --format der | --format: expected jwk or pem",
                    "client create --secret | Missing required parameter: 'CLIENT_ID'",
                    "client set-keys c | expected one of --generate-keys, --jwks and --jwks-uri",
                    "trust add | Missing required parameter: 'FILE'"
                })
        void is_asked_for_in_full(String command, String words) {
            assertThat(run(command.strip().split(" "))).isEqualTo(2);
            assertThat(err.toString()).contains(words.strip());
        }
    }
}

package dev.signet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signet.app.crypto.CryptoChoice;
import dev.signet.app.server.Engine;
import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file says about the content of access tokens. */
class TokenContentConfigTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T08:00:00Z"), ZoneOffset.UTC);
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String SITE = """
            issuer: http://localhost:8080
            store: {url: "jdbc:h2:file:./data/signet"}
            """;
    private static final String RESOURCE = SITE + """
            resources:
              - resource: https://api.example.com
            """;

    @TempDir
    Path folder;

    private Settings read(String yaml) {
        try {
            Path file = Files.writeString(folder.resolve("signet.yaml"), yaml);
            return ConfigFile.parse(file, Environment.of(Map.of("PAIRWISE_KEY", KEY)))
                    .read(CryptoChoice.JDK::select, CLOCK);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private ProtectedResource resource(String yaml) {
        return List.copyOf(read(RESOURCE + yaml).parties().resources().all()).get(0);
    }

    private List<String> faults(String yaml) {
        ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> read(yaml));
        return thrown.faults().stream()
                .map(fault -> fault.toString().replace(folder + "/signet.yaml", ""))
                .toList();
    }

    private static JsonObject object(String name, Object value) {
        return JsonObject.builder().put(name, value).build();
    }

    @Nested
    class Claims {

        @Test
        @Requirement({"9068-2.2.2-01", "9068-2.2.3.1-01", "9068-2.2.3.1-02"})
        void come_from_subject_client_or_the_file() {
            ProtectedResource resource = resource("""
                        claims:
                          email: {subject_attribute: mail}
                          groups: {subject_attribute: groups}
                          tier: {client_attribute: tier}
                          https://example.com/tenant: {value: {id: 7, names: [a, "5"]}}
                    """);
            JsonObject claims = resource.claims()
                    .map(
                            Attributes.of(JsonObject.builder()
                                    .put("mail", "ann@example.com")
                                    .put("groups", List.of("staff"))
                                    .build()),
                            Attributes.of(object("tier", "gold")))
                    .claims();
            assertThat(claims)
                    .isEqualTo(JsonObject.builder()
                            .put("email", "ann@example.com")
                            .put("groups", List.of(object("value", "staff")))
                            .put("tier", "gold")
                            .put(
                                    "https://example.com/tenant",
                                    JsonObject.builder()
                                            .put("id", 7)
                                            .put("names", List.of("a", "5"))
                                            .build())
                            .build());
        }

        @Test
        @Requirement("9068-2.2.3.1-02")
        void name_groups_in_the_shape_that_the_resource_wants() {
            String groups = "    claims: {groups: {subject_attribute: groups}}\n";
            Attributes staff = Attributes.of(object("groups", List.of("staff")));
            assertThat(resource("    authority_shape: plain\n" + groups)
                            .claims()
                            .map(staff, Attributes.none())
                            .claims())
                    .isEqualTo(object("groups", List.of("staff")));
            assertThat(resource("    authority_shape: scim\n" + groups)
                            .claims()
                            .map(staff, Attributes.none())
                            .claims())
                    .isEqualTo(object("groups", List.of(object("value", "staff"))));
        }

        @Test
        @Requirement("9068-6-04")
        void are_none_unless_configured() {
            assertThat(resource("")
                            .claims()
                            .map(Attributes.of(object("mail", "x")), Attributes.none())
                            .claims())
                    .isEqualTo(JsonObject.empty());
        }

        @Test
        @Requirement("9068-2.2.2-02")
        void cannot_have_a_reserved_name() {
            for (String reserved : AccessTokenProfile.RESERVED_CLAIMS) {
                assertThat(faults(RESOURCE + "    claims:\n      " + reserved + ": {value: x}\n"))
                        .containsExactly(":6: resources[0].claims." + reserved + ": is reserved for the server itself");
            }
        }

        @Test
        void must_be_there_for_a_shape() {
            String shaped = RESOURCE + "    authority_shape: plain\n";
            String fault = ":5: resources[0].authority_shape: there is no claim groups, roles or entitlements that it"
                    + " could shape";
            assertThat(faults(shaped)).containsExactly(fault);
            assertThat(faults(shaped + "    claims:\n      email: {subject_attribute: mail}\n"))
                    .containsExactly(fault);
        }

        @Test
        void are_told_each_with_all_that_is_wrong_at_its_line() {
            assertThat(faults(RESOURCE + """
                        authority_shape: ldap
                        subject: hidden
                        claims:
                          email: {value: 5}
                          team: {subject_attribute: team, value: 5}
                          none: {}
                          nothing: {value: null}
                          empty: {client_attribute: ""}
                          plain: x
                          other: {attribute: x}
                    """))
                    .containsExactly(
                            ":5: resources[0].authority_shape: expected scim or plain",
                            ":6: resources[0].subject: expected public or pairwise",
                            ":8: resources[0].claims.email: can't have that value",
                            ":9: resources[0].claims.team: expected one of subject_attribute, client_attribute and value",
                            ":10: resources[0].claims.none: expected one of subject_attribute, client_attribute and value",
                            ":11: resources[0].claims.nothing.value: must have at most 4096 characters of JSON, 8 deep",
                            ":12: resources[0].claims.empty.client_attribute: expected the name of an attribute",
                            ":13: resources[0].claims.plain: expected a mapping, found a single value",
                            ":14: resources[0].claims.other.attribute: unknown key: expected one of subject_attribute,"
                                    + " client_attribute, value",
                            ":14: resources[0].claims.other: expected one of subject_attribute, client_attribute and value");
        }
    }

    @Nested
    class Parties {

        private static final String CLIENT = """
                clients:
                  - client_id: shop
                    client_secret: correct-horse-battery-staple-0123456789
                    token_endpoint_auth_method: client_secret_basic
                    grant_types: [client_credentials]
                """;

        @Test
        void have_attributes_and_a_lifetime() {
            Settings settings = read(RESOURCE + CLIENT + """
                        access_token_lifetime: 300
                        attributes: {tier: gold, roles: [reader, {value: writer}]}
                    trusted_issuers:
                      - {issuer: "https://ci.example.com", jwks_uri: "https://ci.example.com/jwks", subjects: ["*@x"], attributes: [mail, groups]}
                    """);
            RegisteredClient shop = settings.parties().clients().get(0);
            assertThat(shop.accessTokenLifetime()).hasValue(Duration.ofMinutes(5));
            assertThat(shop.attributes().toJson())
                    .isEqualTo(JsonObject.builder()
                            .put("tier", "gold")
                            .put("roles", List.of("reader", object("value", "writer")))
                            .build());
            assertThat(settings.parties().trustedIssuers().all().get(0).attributes())
                    .containsExactlyInAnyOrder("mail", "groups");
        }

        @Test
        void are_told_what_is_wrong_without_the_value() {
            List<String> faults = faults(RESOURCE + CLIENT + """
                        access_token_lifetime: 5m
                        attributes: {tier: , "hunter2 hunter2": }
                    trusted_issuers:
                      - {issuer: "https://ci.example.com", jwks_uri: "https://ci.example.com/jwks", subjects: ["*@x"], attributes: [""]}
                    """);
            String limits = "must have a value of at most 4096 characters of JSON, 8 deep";
            assertThat(faults)
                    .containsExactly(
                            ":10: clients[0].access_token_lifetime: is not an integer",
                            ":11: clients[0].attributes: tier " + limits + ", … " + limits,
                            ":13: trusted_issuers[0].attributes: must be at most 64, each with a name");
            assertThat(faults(RESOURCE + CLIENT + "    access_token_lifetime: 59\n"))
                    .containsExactly(":10: clients[0].access_token_lifetime: must be 60 to 3600 whole seconds");
        }
    }

    @Nested
    class Pairwise_subjects {

        private static final String PAIRWISE = RESOURCE + "    subject: pairwise\n";

        @Test
        @Requirement("9068-6-03")
        void need_a_key_from_the_environment_or_a_file() throws IOException {
            Settings given = read(PAIRWISE + "access_tokens: {pairwise_key: \"${PAIRWISE_KEY}\"}\n");
            assertThat(given.parties().resources().all())
                    .singleElement()
                    .satisfies(resource ->
                            assertThat(resource.hasPairwiseSubject()).isTrue());
            Engine.tryOut(given, CLOCK, new SecureRandom());
            assertThat(given.accessTokens().toString()).doesNotContain("AAAA");
            Files.writeString(folder.resolve("pairwise.key"), KEY + "\n");
            Engine.tryOut(
                    read(PAIRWISE + "access_tokens: {pairwise_key_file: pairwise.key}\n"), CLOCK, new SecureRandom());
            assertThat(resource("    subject: public\n").hasPairwiseSubject()).isFalse();
        }

        @Test
        @Requirement("9068-6-03")
        void are_a_fault_without_one() {
            assertThat(faults(PAIRWISE))
                    .containsExactly(
                            ":5: resources[0].subject: is pairwise, though access_tokens has neither pairwise_key"
                                    + " nor pairwise_key_file");
            String expected = "base64 of at least 32 random bytes";
            assertThat(faults(PAIRWISE + "access_tokens: {pairwise_key: aHVudGVyMg==}\n"))
                    .containsExactly(":6: access_tokens.pairwise_key: expected " + expected);
            Path file = folder.resolve("short.key");
            assertThat(faults(PAIRWISE + "access_tokens: {pairwise_key_file: short.key}\n"))
                    .containsExactly(":6: access_tokens.pairwise_key_file: there is no such file");
            try {
                Files.writeString(file, "hunter2!");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            assertThat(faults(PAIRWISE + "access_tokens: {pairwise_key_file: short.key}\n"))
                    .containsExactly(":6: access_tokens.pairwise_key_file: expected the file to hold " + expected);
            assertThat(faults(PAIRWISE + "access_tokens: {pairwise_key: \"" + KEY
                            + "\", pairwise_key_file: short.key}\n"))
                    .contains(":6: access_tokens: expected one of pairwise_key and pairwise_key_file");
        }
    }

    @Test
    void large_tokens_are_those_above_4096_octets_unless_told_otherwise() {
        assertThat(read(RESOURCE).accessTokens().warningLength()).isEqualTo(4096);
        assertThat(read(RESOURCE + "access_tokens: {warning_length: 2048}\n")
                        .accessTokens()
                        .warningLength())
                .isEqualTo(2048);
        assertThat(faults(RESOURCE + "access_tokens: {warning_length: 255}\n"))
                .containsExactly(":5: access_tokens.warning_length: expected a whole number from 256 to 65536");
    }
}

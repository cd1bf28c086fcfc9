package dev.signet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signet.app.crypto.CryptoChoice;
import dev.signet.app.pages.SessionLimits;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.core.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file says about sessions, pages, and the words on them. */
class PageConfigTest {

    private static final String SITE = """
            issuer: http://localhost:8080
            store: {url: "jdbc:h2:file:./data/signet"}
            """;

    private static final String RESOURCES =
            "resources: [{resource: \"https://api.example.com\", scopes: [a], default: true}]\n";

    @TempDir
    Path folder;

    private Settings read(String yaml) {
        try {
            Path file = Files.writeString(folder.resolve("signet.yaml"), SITE + yaml);
            return ConfigFile.parse(file, Environment.of(Map.of())).read(CryptoChoice.JDK::select, Clock.systemUTC());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String faults(String yaml) {
        return catchThrowableOfType(ConfigException.class, () -> read(yaml)).getMessage();
    }

    @Test
    void sessions_have_limits() {
        assertThat(read(RESOURCES).pages().sessions()).isEqualTo(SessionLimits.STANDARD);
        assertThat(read(RESOURCES + "sessions: {idle: 5m, absolute: 1h}")
                        .pages()
                        .sessions())
                .isEqualTo(new SessionLimits(Duration.ofMinutes(5), Duration.ofHours(1)));
        assertThat(faults(RESOURCES + "sessions: {idle: 13h}")).contains("sessions.idle: is longer than absolute");
        assertThat(faults(RESOURCES + "sessions: {idle: 59s, absolute: 31d}"))
                .contains("sessions.idle: expected 1m to 30d", "sessions.absolute: expected 1m to 30d");
    }

    @Test
    void templates_are_in_a_folder_and_tried_out() throws IOException {
        assertThat(faults(RESOURCES + "pages: {templates: missing}"))
                .contains("pages.templates: the folder of the pages is not there");
        Files.createDirectory(folder.resolve("pages"));
        assertThat(read(RESOURCES + "pages: {templates: pages}").pages().look()).isNotNull();
        Files.writeString(folder.resolve("pages").resolve("consent.html"), "{% block");
        assertThat(faults(RESOURCES + "pages: {templates: pages}"))
                .contains("pages.templates: a template of the pages is of no use");
    }

    @Test
    void resources_and_scopes_have_words_for_people() {
        ProtectedResource resource =
                read("""
                        resources:
                          - resource: "https://api.example.com"
                            name: Orders
                            scopes: {read: See your orders, write: "Place orders"}
                            default: true
                        """).parties().resources().all().iterator().next();
        assertThat(resource.name()).hasValue("Orders");
        assertThat(resource.scope()).isEqualTo(Scope.of("read", "write"));
        assertThat(resource.scopeDescriptions()).isEqualTo(Map.of("read", "See your orders", "write", "Place orders"));
        assertThat(resource.toBuilder().build().scopeDescriptions()).isEqualTo(resource.scopeDescriptions());
    }

    @Test
    void words_that_are_none_are_faults_at_their_keys() {
        assertThat(faults("""
                        resources:
                          - {resource: "https://a.example.com", name: " ", scopes: {read: ""}, default: true}
                          - {resource: "https://b.example.com", scopes: {"a b": words, c: [x]}}
                        """))
                .contains("resources[0].name: must have 1 to 128 characters")
                .contains("resources[0].scopes: must be of its scopes, with 1 to 256 characters")
                .contains("resources[1].scopes.…: expected a scope", "resources[1].scopes.c: expected words")
                .doesNotContain("found a mapping");
    }
}

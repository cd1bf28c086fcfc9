package dev.signet.systemtests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.signet.authorizationserver.registry.ApplicationType;
import dev.signet.authorizationserver.registry.AuthorizationSettings;
import dev.signet.core.authorization.RedirectUri;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class RedirectUriFuzzTest {

    private static final List<RedirectUri> REGISTERED = List.of(
            new RedirectUri("https://shop.example.com/callback?tenant=1"),
            new RedirectUri("com.example.app:/callback"),
            new RedirectUri("http://localhost/callback"),
            new RedirectUri("http://127.0.0.1:8080/callback?a=b"),
            new RedirectUri("http://[::1]/"));

    /** The first line is registered, too, if it can be; the second one is asked for. */
    @FuzzTest
    void a_permitted_one_is_registered_but_for_the_port_on_the_own_machine(byte[] octets) {
        String[] lines = new String(octets, StandardCharsets.UTF_8).split("\n", 2);
        List<RedirectUri> registered = new ArrayList<>(REGISTERED);
        RedirectUri.find(lines[0]).ifPresent(registered::add);
        Optional<RedirectUri> asked = RedirectUri.find(lines[lines.length - 1]);
        if (asked.isEmpty()) {
            return;
        }
        RedirectUri uri = asked.get();
        assertThat(Optional.ofNullable(URI.create(uri.value()).getRawAuthority())
                        .orElse(""))
                .doesNotContain("@");
        assertThat(uri.value()).doesNotContain("#", "*").doesNotContainAnyWhitespaces();
        assertThat(uri.with(List.of(Map.entry("code", "c")))).startsWith(uri.value());
        boolean isSame = registered.stream().anyMatch(one -> one.value().equals(uri.value()));
        boolean isSameElsewhere =
                registered.stream().anyMatch(one -> anyPort(one).equals(anyPort(uri)));
        assertThat(settings(registered, ApplicationType.WEB).permits(uri)).isEqualTo(isSame);
        assertThat(settings(registered, ApplicationType.NATIVE).permits(uri)).isEqualTo(isSameElsewhere);
    }

    private static AuthorizationSettings settings(List<RedirectUri> registered, ApplicationType type) {
        return AuthorizationSettings.builder()
                .redirectUris(registered)
                .applicationType(type)
                .build();
    }

    /** Without the port where that is the system's choice: found in another way than the code does. */
    private static String anyPort(RedirectUri redirectUri) {
        URI uri = URI.create(redirectUri.value());
        boolean isLocal = Set.of("localhost", "127.0.0.1", "[::1]")
                .contains(Optional.ofNullable(uri.getHost()).orElse(""));
        if (!isLocal || !"http".equals(uri.getScheme())) {
            return redirectUri.value();
        }
        String rest = redirectUri
                .value()
                .substring("http://".length() + uri.getRawAuthority().length());
        return "http://" + uri.getHost() + rest;
    }
}

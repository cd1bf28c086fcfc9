package dev.signet.systemtests.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.systemtests.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The BOM names what a user may depend on, all of it and nothing else. */
class BomTest {

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(signet-[^<]+)</artifactId>");

    private final String bom = read("bom/pom.xml");

    @Test
    void names_every_published_library() {
        List<String> published = all(MODULE, read("pom.xml")).stream()
                .filter(module -> !List.of("build", "bom").contains(module))
                .filter(module -> !read(module + "/pom.xml").contains("<maven.deploy.skip>true"))
                .map(module -> "signet-" + module.replace('/', '-'))
                .toList();
        List<String> named = all(ARTIFACT, bom);
        assertThat(named.subList(1, named.size())).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void has_the_version_of_the_reactor() {
        Pattern version = Pattern.compile("<version>([^<$]+)</version>");
        assertThat(all(version, bom))
                .containsExactly(all(version, read("pom.xml")).get(0));
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static String read(String file) {
        Path path = Checkout.root().resolve(file);
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

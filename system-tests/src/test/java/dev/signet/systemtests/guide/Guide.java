package dev.signet.systemtests.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.error.RefusalReason;
import dev.signet.systemtests.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A page of the guides, and whether what it says of the code is so. */
record Guide(Path page) {

    static Guide named(String name) {
        return new Guide(Checkout.root().resolve("docs/guides").resolve(name));
    }

    /** Every piece of Java on the page stands in one of these classes. */
    void assertCompiles(List<Class<?>> examples) throws IOException {
        Path sources = Checkout.root().resolve("system-tests/src/test/java/dev/signet/systemtests/guide");
        StringBuilder compiled = new StringBuilder();
        for (Class<?> example : examples) {
            compiled.append(withoutLayout(Files.readString(sources.resolve(example.getSimpleName() + ".java"))));
        }
        assertThat(matches("(?s)```java\n(.*?)```"))
                .isNotEmpty()
                .allSatisfy(snippet -> assertThat(compiled).contains(withoutLayout(snippet)));
    }

    /** Every link of the page leads to a file, and every reason it names exists. */
    void assertLinksAndReasonsExist() throws IOException {
        assertThat(matches("\\]\\(([^)#:]+)\\)"))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
        assertThat(matches("`((?:token|jwt|keys|claims|introspection)-[a-z-]+)`"))
                .isSubsetOf(Arrays.stream(RefusalReason.values())
                        .map(RefusalReason::id)
                        .toList());
    }

    private List<String> matches(String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String withoutLayout(String code) {
        return code.replaceAll("\\s+", "");
    }
}

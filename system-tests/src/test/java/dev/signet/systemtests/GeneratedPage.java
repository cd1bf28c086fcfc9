package dev.signet.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation that is made from the code and must not fall behind it. */
public final class GeneratedPage {

    private static final String WRITE = "write";

    private final String file;
    private final String content;

    /** The page at this path under the checkout, and what it must hold. */
    public GeneratedPage(String file, String content) {
        this.file = file;
        this.content = content;
    }

    /** Fails when the page tells something else; writes it first when {@code ./verify pages} asks for that. */
    public void assertUpToDate() {
        Path path = Checkout.root().resolve(file);
        try {
            if (WRITE.equals(System.getProperty("signet.pages"))) {
                Files.writeString(path, content);
            }
            assertThat(path).exists();
            assertThat(Files.readString(path).lines().toList())
                    .as("%s is stale: run ./verify pages", file)
                    .isEqualTo(content.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

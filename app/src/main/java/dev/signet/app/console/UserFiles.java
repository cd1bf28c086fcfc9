package dev.signet.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of whoever gave a command, by the names in it, and the keyboard. */
public interface UserFiles {

    /** The name of the standard input. */
    Path STANDARD_INPUT = Path.of("-");

    /**
     * The text of a file, in UTF-8.
     *
     * @param most of a longer file, so many octets are read
     * @throws IOException if it can't be read
     */
    String read(Path file, int most) throws IOException;

    /**
     * Makes a file that only its owner may read.
     *
     * @return false, and nothing is changed, if there is one of that name
     * @throws IOException if it can't be made
     */
    boolean create(Path file, String content) throws IOException;

    /**
     * What somebody types, unseen, up to the end of the line.
     *
     * @param question what is wanted
     * @return empty if nobody is there to type
     * @throws IOException if that can't be found out
     */
    Optional<String> ask(String question) throws IOException;

    /** Those of this process. The standard input is read once, and what was read is given again. */
    static UserFiles ofThisProcess(InputStream standardInput) {
        return new UserFiles() {
            private @Nullable String input;

            @Override
            public String read(Path file, int most) throws IOException {
                if (!file.equals(STANDARD_INPUT)) {
                    try (InputStream in = Files.newInputStream(file)) {
                        return text(in, most);
                    }
                }
                if (input == null) {
                    input = text(standardInput, most);
                }
                return input;
            }

            private static String text(InputStream in, int most) throws IOException {
                return new String(in.readNBytes(most), StandardCharsets.UTF_8);
            }

            @Override
            public Optional<String> ask(String question) {
                return Optional.ofNullable(System.console())
                        .flatMap(console -> Optional.ofNullable(console.readPassword("%s: ", question)))
                        .map(String::new);
            }

            @Override
            public boolean create(Path file, String content) throws IOException {
                return PrivateFile.create(file, content);
            }
        };
    }
}

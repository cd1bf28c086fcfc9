package dev.signet.systemtests.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.command.SignetCommand;
import dev.signet.app.config.Environment;
import dev.signet.app.console.Terminal;
import dev.signet.systemtests.Checkout;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README tells the truth. */
class ReadmeTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    private final String readme = read(Checkout.root().resolve("README.md"));

    @Test
    void its_java_compiles() {
        String compiled = withoutLayout(read(Checkout.root()
                .resolve("system-tests/src/test/java")
                .resolve(Snippets.class.getName().replace('.', '/') + ".java")));
        List<String> snippets = snippets("java").toList();
        assertThat(snippets)
                .hasSize(2)
                .allSatisfy(snippet -> assertThat(compiled).contains(withoutLayout(snippet)));
    }

    /** With {@code --help} at its end a command is understood or not, and nothing happens. */
    @Test
    void its_commands_are_understood() {
        List<String> commands = snippets("sh").flatMap(String::lines).toList();
        assertThat(commands).isNotEmpty().allSatisfy(command -> {
            assertThat(command).startsWith("./signet ");
            StringWriter said = new StringWriter();
            String[] arguments = command.substring("./signet ".length()).split(" ");
            assertThat(help(arguments, said)).as(said.toString()).isZero();
            Arrays.stream(arguments)
                    .filter(argument -> argument.startsWith("--"))
                    .forEach(option -> assertThat(said.toString()).contains(option));
        });
    }

    @Test
    void its_links_lead_somewhere() {
        assertThat(LINK.matcher(readme).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(Checkout.root().resolve(link)).exists());
    }

    private static int help(String[] arguments, StringWriter said) {
        PrintWriter writer = new PrintWriter(said);
        return SignetCommand.run(
                new Terminal(InputStream.nullInputStream(), writer, writer, OutputStream.nullOutputStream()),
                Environment.of(Map.of()),
                Clock.systemUTC(),
                Stream.concat(Arrays.stream(arguments), Stream.of("--help")).toArray(String[]::new));
    }

    private Stream<String> snippets(String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(readme)
                .results()
                .map((MatchResult snippet) -> snippet.group(1));
    }

    private static String withoutLayout(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

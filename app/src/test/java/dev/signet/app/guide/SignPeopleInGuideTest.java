package dev.signet.app.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.command.SignetCommand;
import dev.signet.app.config.ConfigFile;
import dev.signet.app.config.Environment;
import dev.signet.app.console.Terminal;
import dev.signet.app.crypto.CryptoChoice;
import dev.signet.authorizationserver.resourceowner.Username;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows works: its commands are run in its order, on its configuration. */
class SignPeopleInGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "guides", "sign-people-in.md");
    private static final Pattern SNIPPET = Pattern.compile("```(yaml|sh)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    Path folder;

    private static List<String> snippets(String language) throws Exception {
        return SNIPPET.matcher(Files.readString(GUIDE))
                .results()
                .filter(match -> match.group(1).equals(language))
                .map((MatchResult match) -> match.group(2))
                .toList();
    }

    /** Nobody is here to type a password: it comes from the standard input. */
    private String run(String command) {
        List<String> words = new ArrayList<>();
        WORD.matcher(command).results().skip(1).forEach(word -> {
            String text = word.group(1) == null ? word.group(2) : word.group(1);
            words.add(text.equals("signet.yaml") ? folder.resolve(text).toString() : text);
        });
        if (command.matches("signet user (add|set-password|hash-password)\\b.*")) {
            words.addAll(List.of("--password-file", "-"));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = SignetCommand.run(
                new Terminal(
                        new ByteArrayInputStream("correct horse battery\n".getBytes(StandardCharsets.UTF_8)),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        OutputStream.nullOutputStream()),
                Environment.of(Map.of()),
                Clock.systemUTC(),
                words.toArray(String[]::new));
        assertThat(exit).as(command + "\n" + err).isZero();
        return out.toString();
    }

    @Test
    void its_commands_do_what_it_says() throws Exception {
        Files.writeString(folder.resolve("signet.yaml"), snippets("yaml").get(0));
        List<String> commands = snippets("sh").stream().flatMap(String::lines).toList();
        assertThat(commands).hasSize(9);
        commands.forEach(this::run);
        assertThat(run("signet user show alice --config signet.yaml"))
                .contains("Alice Archer", "alice@example.com", "staff", "buyer");
        assertThat(run("signet user remove alice --yes --config signet.yaml")).isEmpty();
    }

    @Test
    void its_configurations_are_read() throws Exception {
        Files.createDirectory(folder.resolve("pages"));
        Path file = Files.writeString(folder.resolve("signet.yaml"), String.join("\n", snippets("yaml")));
        assertThat(ConfigFile.parse(file, Environment.of(Map.of()))
                        .read(CryptoChoice.JDK::select, Clock.systemUTC())
                        .parties()
                        .accounts()
                        .findByUsername(new Username("bob")))
                .isPresent();
    }

    @Test
    void it_names_the_lines_of_the_log_and_the_files_of_the_pages() throws Exception {
        String guide = Files.readString(GUIDE);
        Path commands = Path.of("src", "main", "java", "dev", "signet", "app", "command");
        for (String file : List.of(
                "UserAddCommand.java", "UserSetCommand.java", "UserSetPasswordCommand.java", "UserCommand.java")) {
            assertThat(Pattern.compile("ChangeLog\\.user\\(\"([a-z-]+[a-z])\"")
                            .matcher(Files.readString(commands.resolve(file)))
                            .results()
                            .map(match -> match.group(1)))
                    .as(file)
                    .isNotEmpty()
                    .allMatch(name -> guide.contains("`" + name + "`"));
        }
        assertThat(Path.of("src", "main", "resources", "dev", "signet", "app", "pages")
                        .toFile()
                        .list())
                .filteredOn(name -> !name.startsWith("texts_"))
                .allMatch(name -> guide.contains("`" + name + "`"));
    }
}

package dev.signet.app.pages;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words of the pages by language, English first. A folder may have files of its own, {@code texts_LANGUAGE.properties}: what they
 * don't say is said as it is here, and in English if it isn't said here either.
 */
final class PageTexts {

    private static final List<String> OURS = List.of("en", "de");

    private static final Pattern FILE = Pattern.compile("texts_([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\\.properties");

    private static final Pattern PLACE = Pattern.compile("\\{([0-9])}");

    private final List<String> languages;
    private final Map<String, Map<String, String>> byLanguage;

    private PageTexts(List<String> languages, Map<String, Map<String, String>> byLanguage) {
        this.languages = List.copyOf(languages);
        this.byLanguage = Map.copyOf(byLanguage);
    }

    /** @throws IllegalArgumentException if a file in the folder is of no use */
    static PageTexts of(Optional<Path> folder) {
        Map<String, Map<String, String>> byLanguage = new HashMap<>();
        Map<String, String> english = read("en");
        List<String> languages = new ArrayList<>(OURS);
        for (String language : OURS) {
            byLanguage.put(language, with(english, read(language)));
        }
        folder.ifPresent(there -> files(there).forEach((language, more) -> {
            if (!byLanguage.containsKey(language)) {
                languages.add(language);
            }
            byLanguage.put(language, with(byLanguage.getOrDefault(language, english), more));
        }));
        return new PageTexts(languages, byLanguage);
    }

    private static Map<String, String> with(Map<String, String> texts, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(texts);
        all.putAll(more);
        return Map.copyOf(all);
    }

    private static Map<String, String> read(String language) {
        try (Reader reader =
                new InputStreamReader(PageFiles.open("texts_" + language + ".properties"), StandardCharsets.UTF_8)) {
            return read(reader);
        } catch (IOException e) {
            throw new IllegalStateException("the words of the pages can't be read", e);
        }
    }

    private static Map<String, String> read(Reader reader) throws IOException {
        Properties properties = new Properties();
        properties.load(reader);
        Map<String, String> texts = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name, "")));
        return texts;
    }

    private static Map<String, Map<String, String>> files(Path folder) {
        Map<String, Map<String, String>> texts = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    texts.put(name.group(1), read(new StringReader(Files.readString(file))));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the texts in the folder of the pages can't be read", e);
        }
        return texts;
    }

    /** All languages, the one first that is used when no other fits. */
    List<String> languages() {
        return languages;
    }

    /** The words in a language that is there; its own name where there are none for it. */
    String text(String language, String key, List<String> values) {
        String text = byLanguage.getOrDefault(language, Map.of()).getOrDefault(key, key);
        return PLACE.matcher(text).replaceAll(place -> {
            int index = Integer.parseInt(place.group(1));
            return Matcher.quoteReplacement(index < values.size() ? values.get(index) : "");
        });
    }
}

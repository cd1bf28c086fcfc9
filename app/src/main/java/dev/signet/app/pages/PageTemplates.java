package dev.signet.app.pages;

import dev.signet.core.http.ProtocolResponse;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.loader.DelegatingLoader;
import io.pebbletemplates.pebble.loader.FileLoader;
import io.pebbletemplates.pebble.loader.Loader;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes pages of templates, in the language of who reads them. Whatever stands in a page is escaped where it stands. Templates, texts
 * and the style sheet may be replaced one by one by files of the same names in a folder, which are read when the server starts.
 * Thread-safe.
 */
public final class PageTemplates {

    private static final List<String> TEMPLATES =
            List.of("sign-in", "consent", "account", "sign-out", "signed-out", "error");

    /**
     * Nothing is loaded, run or framed but our own style sheet and pictures. Where forms go is left open: Chromium would hold the
     * redirect to the client, which follows a form, against it.
     */
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final PageTexts texts;
    private final PebbleEngine engine;
    private final PagePaths paths;

    private PageTemplates(PageTexts texts, PebbleEngine engine, PagePaths paths) {
        this.texts = texts;
        this.engine = engine;
        this.paths = paths;
    }

    /** @throws IllegalArgumentException if a file in the folder is of no use */
    static PageTemplates of(Optional<Path> folder, PagePaths paths) {
        folder.filter(there -> !Files.isDirectory(there)).ifPresent(missing -> {
            throw new IllegalArgumentException("the folder of the pages is not there");
        });
        PageTexts texts = PageTexts.of(folder);
        List<Loader<?>> loaders = new ArrayList<>();
        folder.ifPresent(there -> loaders.add(files(there)));
        loaders.add(ours());
        PebbleEngine engine = new PebbleEngine.Builder()
                .loader(new DelegatingLoader(loaders))
                .extension(new Words(texts))
                .strictVariables(true)
                .defaultLocale(Locale.ROOT)
                .build();
        try {
            TEMPLATES.forEach(engine::getTemplate);
        } catch (PebbleException | IllegalStateException unusable) {
            throw new IllegalArgumentException(
                    "a template of the pages is of no use: " + unusable.getMessage(), unusable);
        }
        return new PageTemplates(texts, engine, paths);
    }

    private static Loader<?> files(Path folder) {
        FileLoader files = new FileLoader(folder.toAbsolutePath().toString());
        files.setSuffix(".html");
        return files;
    }

    private static Loader<?> ours() {
        ClasspathLoader ours = new ClasspathLoader(PageTemplates.class.getClassLoader());
        ours.setPrefix("dev/signet/app/pages");
        ours.setSuffix(".html");
        return ours;
    }

    /** A page, to which headers may be added. */
    ProtocolResponse.Builder page(int status, String template, UserAgent agent, Map<String, Object> model) {
        String language = agent.language(texts.languages());
        Map<String, Object> all = new HashMap<>(model);
        all.put("language", language);
        all.put("host", paths.host());
        all.put("stylesheet", paths.stylesheet());
        all.put("mark", paths.mark());
        StringWriter html = new StringWriter();
        try {
            engine.getTemplate(template).evaluate(html, all, Locale.forLanguageTag(language));
        } catch (IOException | PebbleException unusable) {
            throw new IllegalStateException("a page can't be made of its template", unusable);
        }
        return secured(ProtocolResponse.builder(status)
                .body("text/html; charset=utf-8", html.toString().getBytes(StandardCharsets.UTF_8))
                .header("Content-Language", language));
    }

    /** What every answer to a person carries (RFC 6749 §10.13, RFC 9700 §4.2.4). */
    static ProtocolResponse.Builder secured(ProtocolResponse.Builder response) {
        return response.noStore()
                .header("Content-Security-Policy", POLICY)
                .header("X-Frame-Options", "DENY")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
                .header("Vary", "Accept-Language, Cookie");
    }

    /** {@code text("key", …)} in templates. */
    private static final class Words extends AbstractExtension {

        private final PageTexts texts;

        Words(PageTexts texts) {
            this.texts = texts;
        }

        @Override
        public Map<String, Function> getFunctions() {
            return Map.of("text", new Function() {
                @Override
                public @Nullable List<String> getArgumentNames() {
                    return null;
                }

                @Override
                public Object execute(
                        Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int line) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; arguments.containsKey(String.valueOf(i)); i++) {
                        values.add(String.valueOf(arguments.get(String.valueOf(i))));
                    }
                    return texts.text(
                            String.valueOf(Objects.requireNonNull(context.getVariable("language"), "language")),
                            String.valueOf(arguments.get("0")),
                            values);
                }
            });
        }
    }
}

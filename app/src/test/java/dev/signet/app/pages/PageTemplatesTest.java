package dev.signet.app.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.core.Issuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder with templates, texts and a style sheet of one's own. */
class PageTemplatesTest {

    private static final Issuer ISSUER = Issuer.of("https://as.example.com/id");

    @TempDir
    Path folder;

    private Browser browser() {
        return new PagesFixture(ISSUER, Optional.of(folder), "The shop").browser();
    }

    @Test
    void an_empty_folder_changes_nothing() {
        String theirs = browser().get("/id/account").html();
        assertThat(withoutToken(theirs))
                .isEqualTo(withoutToken(
                        new PagesFixture().browser().get("/id/account").html()));
    }

    private static String withoutToken(String html) {
        return html.replaceFirst("name=\"csrf\" value=\"[^\"]*\"", "");
    }

    @Test
    void a_template_takes_the_place_of_ours_and_may_use_the_others() throws IOException {
        Files.writeString(
                folder.resolve("signed-out.html"),
                "{% extends \"layout\" %}{% block title %}Bye{% endblock %}{% block content %}<h1>Bye</h1>{% endblock %}");
        assertThat(browser().get("/id/logout").html()).contains("<h1>Bye</h1>", "<main>");
        assertThat(browser().get("/id/account").html()).contains("id=\"login\"");
    }

    @Test
    void texts_are_replaced_one_by_one_and_languages_added() throws IOException {
        Files.writeString(folder.resolve("texts_en.properties"), "sign-in.title=Welcome");
        Files.writeString(folder.resolve("texts_fr.properties"), "sign-in.title=Connexion – ça va");
        assertThat(browser().get("/id/account").html()).contains("<h1>Welcome</h1>", "Password");
        assertThat(browser().get("/id/account", "fr-CA").html())
                .contains("<html lang=\"fr\">", "<h1>Connexion – ça va</h1>", "Password");
        assertThat(browser().get("/id/account", "de").html()).contains("<h1>Anmelden</h1>");
    }

    @Test
    void another_style_sheet_has_another_address() throws IOException {
        String ours = browser().get("/id/account").html();
        Files.writeString(folder.resolve("signet.css"), "body { color: red }");
        assertThat(browser().get("/id/account").html())
                .doesNotContain(ours.replaceAll("(?s).*stylesheet\" href=\"([^\"]+)\".*", "$1"));
    }

    @Test
    void what_is_of_no_use_is_told_at_once() throws IOException {
        Files.writeString(folder.resolve("consent.html"), "{% block");
        assertThatThrownBy(this::browser)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a template of the pages is of no use");
        assertThatThrownBy(() -> Pages.look(ISSUER, Optional.of(folder.resolve("missing"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not there");
    }

    @Test
    void each_language_says_all_that_english_says() throws IOException {
        Properties english = texts("en");
        assertThat(texts("de").stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        assertThat(english.stringPropertyNames()).hasSizeGreaterThan(20);
    }

    private static Properties texts(String language) throws IOException {
        Properties texts = new Properties();
        texts.load(PageFiles.open("texts_" + language + ".properties"));
        return texts;
    }
}

package dev.signet.app.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.pages.PagesFixture.Form;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.Header;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A user agent that keeps cookies and sends forms. */
final class Browser {

    private static final Pattern FORM =
            Pattern.compile("<form method=\"post\" action=\"([^\"]*)\".*?</form>", Pattern.DOTALL);
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

    private final PagesFixture fixture;
    final Map<String, String> cookies = new LinkedHashMap<>();
    private ProtocolResponse last = ProtocolResponse.builder(204).build();

    Browser(PagesFixture fixture) {
        this.fixture = fixture;
    }

    Browser copy() {
        Browser other = new Browser(fixture);
        other.cookies.putAll(cookies);
        return other;
    }

    Browser get(String target) {
        return send(ProtocolRequest.builder("GET", path(target)).query(queryOf(target)));
    }

    Browser get(String target, String language) {
        return send(ProtocolRequest.builder("GET", path(target))
                .query(queryOf(target))
                .header("Accept-Language", language));
    }

    Browser post(String path, String form) {
        return send(ProtocolRequest.builder("POST", path).form(form));
    }

    private static String path(String target) {
        return target.replaceFirst("\\?.*", "");
    }

    private static String queryOf(String target) {
        return target.contains("?") ? target.substring(target.indexOf('?') + 1) : "";
    }

    private Browser send(ProtocolRequest.Builder request) {
        request.remoteAddress("192.0.2.1");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        last = fixture.handle(request.build());
        for (Header header : last.headers()) {
            if (header.name().equals("Set-Cookie")) {
                String[] pair = header.value().split(";", 2)[0].split("=", 2);
                if (header.value().contains("Max-Age=0")) {
                    cookies.remove(pair[0]);
                } else {
                    cookies.put(pair[0], pair[1]);
                }
            }
        }
        return this;
    }

    /** Where it is sent, on this server. */
    Browser follow() {
        assertThat(last.status()).isEqualTo(303);
        return get(location());
    }

    String location() {
        return last.header("Location").orElseThrow();
    }

    ProtocolResponse response() {
        return last;
    }

    String html() {
        return new String(last.body(), StandardCharsets.UTF_8);
    }

    /** The form of the page that has that button. */
    Form form(String button) {
        Matcher forms = FORM.matcher(html());
        while (forms.find()) {
            if (forms.group().contains("name=\"" + button + "\"")) {
                List<Map.Entry<String, String>> hidden = new ArrayList<>();
                Matcher fields = HIDDEN.matcher(forms.group());
                while (fields.find()) {
                    hidden.add(Map.entry(unescaped(fields.group(1)), unescaped(fields.group(2))));
                }
                return new Form(unescaped(forms.group(1)), hidden);
            }
        }
        throw new AssertionError("no form with " + button + " in " + html());
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    Browser submit(Form form, String button) {
        return submit(form, button, "1", Map.of());
    }

    Browser submit(Form form, String button, String value, Map<String, String> fields) {
        List<Map.Entry<String, String>> all = new ArrayList<>(form.hidden());
        all.addAll(fields.entrySet());
        all.add(Map.entry(button, value));
        return post(form.action(), FormParameters.encode(all));
    }

    Browser press(String button) {
        return submit(form(button), button);
    }

    Browser signIn(String username, String password) {
        return submit(form("login"), "login", "1", Map.of("username", username, "password", password));
    }

    /** Opens the request and signs in, up to the page that asks for consent. */
    Browser signedIn() {
        return get(PagesFixture.authorize(""))
                .signIn("alice", PagesFixture.PASSWORD)
                .follow();
    }
}

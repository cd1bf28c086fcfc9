package dev.signet.authorizationserver.internal;

import dev.signet.core.http.ProtocolResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A page with nothing from elsewhere: its content security policy allows its own style and script by their hashes, and no more.
 * Texts are escaped here. For the thread that makes it alone.
 */
public final class PlainPage {

    private static final String STYLE =
            "body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;"
                    + "color-scheme:light dark}button{font:inherit;padding:.5rem 1rem}";
    private static final String SCRIPT = "document.forms[0].submit()";

    /** No form-action: browsers hold redirects of the client that follow the form to it as well. */
    private static final String POLICY = "default-src 'none'; style-src " + hash(STYLE) + "; script-src " + hash(SCRIPT)
            + "; base-uri 'none'; frame-ancestors 'none'";

    private final StringBuilder html = new StringBuilder(1024);

    private PlainPage(String title) {
        html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .append(escaped(title))
                .append("</title>\n<style>")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(escaped(title))
                .append("</h1>\n");
    }

    /** Starts a page. */
    public static PlainPage titled(String title) {
        return new PlainPage(title);
    }

    /** Adds a paragraph. */
    public PlainPage text(String text) {
        html.append("<p>").append(escaped(text)).append("</p>\n");
        return this;
    }

    /** Adds a form of hidden fields that posts itself, or is posted by its button where there are no scripts. */
    public PlainPage postedTo(String url, List<Map.Entry<String, String>> fields, String button) {
        html.append("<form method=\"post\" action=\"").append(escaped(url)).append("\">\n");
        for (Map.Entry<String, String> field : fields) {
            html.append("<input type=\"hidden\" name=\"")
                    .append(escaped(field.getKey()))
                    .append("\" value=\"")
                    .append(escaped(field.getValue()))
                    .append("\">\n");
        }
        html.append("<button type=\"submit\">")
                .append(escaped(button))
                .append("</button>\n</form>\n<script>")
                .append(SCRIPT)
                .append("</script>\n");
        return this;
    }

    /** The page as it is sent. */
    public ProtocolResponse toResponse() {
        byte[] body = (html + "</main>\n</body>\n</html>\n").getBytes(StandardCharsets.UTF_8);
        return ProtocolResponse.builder(200)
                .body("text/html; charset=utf-8", body)
                .header("Content-Security-Policy", POLICY)
                .build();
    }

    /**
     * A text in HTML, as content or in a quoted attribute. A line break stays one in the value of a hidden field, where HTML would
     * otherwise drop or change it.
     */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '&', '<', '>', '"', '\'', '\r', '\n' ->
                    escaped.append("&#").append((int) character).append(';');
                default -> escaped.append(character);
            }
        }
        return escaped.toString();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** How long it is. */
    @Override
    public String toString() {
        return "PlainPage of " + html.length() + " characters";
    }
}

package dev.signet.app.login;

import dev.signet.core.http.ProtocolResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** What the browser shows at the end. Nothing is loaded, run or embedded (RFC 6749 §3.1.2.5, RFC 9700 §4.2.4). */
enum LoginPage {
    RECEIVED("/received", "You can close this window", "The program in your terminal goes on."),
    NOTHING_GRANTED("/nothing-granted", "Nothing was granted", "The program in your terminal says why."),
    UNEXPECTED(
            "/unexpected",
            "This answer was not expected",
            "It belongs to no sign-in that is waiting here. Go back to your terminal, and follow the address there.");

    private static final String STYLE = ":root{color-scheme:light dark}"
            + "body{font:1.125rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem}"
            + "h1{font-size:1.5rem}";

    private final String path;
    private final String title;
    private final String text;

    LoginPage(String path, String title, String text) {
        this.path = path;
        this.title = title;
        this.text = text;
    }

    static Optional<LoginPage> at(String path) {
        return Arrays.stream(values()).filter(page -> page.path.equals(path)).findFirst();
    }

    String path() {
        return path;
    }

    ProtocolResponse toHttp() {
        String html = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title
                + "</title><meta name=\"viewport\" content=\"width=device-width\"><style>" + STYLE
                + "</style></head><body><main><h1>" + title + "</h1><p>" + text + "</p></main></body></html>";
        return ProtocolResponse.builder(200)
                .noStore()
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'sha256-" + digest(STYLE)
                                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .body("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private static String digest(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package dev.signet.app.pages;

import dev.signet.core.Issuer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cookie that holds a secret of 256 bits until the user agent is closed. It is sent to this host alone, over https, and on requests
 * that come from other sites only when somebody follows a link (RFC 6265bis §4.1.3, §5.6.7).
 */
final class PageCookie {

    private static final int OCTETS = 32;

    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final String name;
    private final boolean isSecure;

    private PageCookie(String name, Issuer issuer) {
        // On http, which only the machine itself may use, user agents refuse the prefix.
        this.isSecure = issuer.uri().getScheme().equals("https");
        this.name = (isSecure ? "__Host-" : "") + name;
    }

    /** Who is signed in. */
    static PageCookie session(Issuer issuer) {
        return new PageCookie("signet", issuer);
    }

    /** Whom a form to sign in was shown. */
    static PageCookie form(Issuer issuer) {
        return new PageCookie("signet-form", issuer);
    }

    static String newSecret(SecureRandom random) {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** The secret; empty if there is none, or something that was never given out. */
    Optional<String> find(UserAgent agent) {
        return agent.cookie(name).filter(value -> SECRET.matcher(value).matches());
    }

    /** The value of {@code Set-Cookie}. */
    String set(String secret) {
        return name + "=" + secret + attributes();
    }

    /** The value of {@code Set-Cookie} that ends it. */
    String end() {
        return name + "=" + attributes() + "; Max-Age=0";
    }

    private String attributes() {
        return "; Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "");
    }
}

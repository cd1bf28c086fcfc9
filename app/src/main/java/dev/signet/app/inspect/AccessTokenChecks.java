package dev.signet.app.inspect;

import dev.signet.app.console.Printable;
import dev.signet.app.console.TimeWords;
import dev.signet.app.inspect.Check.Verdict;
import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import dev.signet.core.Scope;
import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.core.error.OAuthException;
import dev.signet.jwt.claims.NumericDate;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The checks of RFC 9068 §4, each made on its own and told in words, so that all that is wrong with a token shows at
 * once. A resource server stops at the first; {@link TokenInspector} asks it for its word, too.
 */
final class AccessTokenChecks {

    private static final Duration LEEWAY = Duration.ofSeconds(30);

    private final JsonObject header;
    private final JsonObject claims;
    private final Instant now;
    private final List<Check> made = new ArrayList<>();

    private AccessTokenChecks(JsonObject header, JsonObject claims, Instant now) {
        this.header = header;
        this.claims = claims;
        this.now = now;
    }

    /** All checks but the signature's. */
    static List<Check> of(DecodedJwt jwt, Expectation expected, Instant now) {
        if (jwt.claims().isEmpty()) {
            return List.of(
                    new Check("§4", "claims", Verdict.NOT_MADE, "encrypted: only the resource server can read them"));
        }
        AccessTokenChecks checks =
                new AccessTokenChecks(jwt.header(), jwt.claims().get(), now);
        checks.type();
        checks.algorithm();
        checks.issuer(expected.issuer());
        checks.audience(expected.audience());
        checks.expiry();
        checks.text("sub", text -> {});
        checks.text("client_id", ClientId::new);
        checks.text("jti", JwtId::new);
        if (jwt.claims().get().has("scope")) {
            checks.text("scope", Scope::parse);
        }
        checks.notAhead("iat", true);
        checks.notAhead("nbf", false);
        checks.confirmation();
        return List.copyOf(checks.made);
    }

    private void type() {
        String type = text(header, "typ").orElse("");
        String subtype = type.toLowerCase(Locale.ROOT).replaceFirst("^application/", "");
        boolean right = subtype.equals(AccessTokenProfile.TYPE);
        add("§4", "typ", right, right ? type : "expected at+jwt, found " + found(header, "typ"));
    }

    private void algorithm() {
        Optional<JwsAlgorithm> algorithm = text(header, "alg").flatMap(JwsAlgorithm::find);
        boolean right =
                algorithm.filter(JwsAlgorithm.DEFAULT_ACCEPTED::contains).isPresent();
        add(
                "§4",
                "alg",
                right,
                right ? found(header, "alg") : "not among the accepted algorithms: " + found(header, "alg"));
    }

    private void issuer(String expected) {
        boolean right = text(claims, "iss").filter(expected::equals).isPresent();
        add("§4", "iss", right, right ? expected : "expected " + expected + ", found " + found(claims, "iss"));
    }

    private void audience(String expected) {
        Object audience = claims.find("aud").orElse(JsonNull.NULL);
        boolean right = audience instanceof List<?> all
                ? all.contains(expected) && all.stream().allMatch(String.class::isInstance)
                : audience.equals(expected);
        add("§4", "aud", right, right ? expected : "does not name " + expected + ", found " + found(claims, "aud"));
    }

    private void expiry() {
        Optional<Instant> expiry = time("exp");
        if (expiry.isEmpty()) {
            add("§4", "exp", false, "expected a time, found " + found(claims, "exp"));
            return;
        }
        boolean alive = expiry.get().plus(LEEWAY).isAfter(now);
        String distance = TimeWords.distance(expiry.get(), now);
        add("§4", "exp", alive, (expiry.get().isAfter(now) ? "expires " : "expired ") + distance);
    }

    /** @param form refuses text of another form */
    private void text(String claim, Consumer<String> form) {
        boolean right = text(claims, claim)
                .filter(value -> !value.isEmpty() || claim.equals("scope"))
                .filter(value -> has(form, value))
                .isPresent();
        add("§2.2", claim, right, right ? "present" : "expected text of the right form, found " + found(claims, claim));
    }

    private static boolean has(Consumer<String> form, String value) {
        try {
            form.accept(value);
            return true;
        } catch (IllegalArgumentException | OAuthException e) {
            return false;
        }
    }

    private void notAhead(String claim, boolean required) {
        String section = required ? "§2.2" : "§4";
        if (!claims.has(claim)) {
            if (required) {
                add(section, claim, false, "missing");
            }
            return;
        }
        Optional<Instant> time = time(claim);
        if (time.isEmpty()) {
            add(section, claim, false, "expected a time, found " + found(claims, claim));
            return;
        }
        boolean right = !time.get().isAfter(now.plus(LEEWAY));
        add(section, claim, right, TimeWords.distance(time.get(), now));
    }

    /** A bound token needs its proof, which does not come with the token alone. */
    private void confirmation() {
        if (claims.has("cnf")) {
            add("§4", "cnf", false, "bound to a key: refused without the proof of RFC 9449 or RFC 8705");
        }
    }

    private void add(String section, String subject, boolean passed, String detail) {
        made.add(new Check(section, subject, passed ? Verdict.PASSED : Verdict.FAILED, detail));
    }

    private Optional<Instant> time(String claim) {
        return claims.find(claim).flatMap(NumericDate::find);
    }

    private static Optional<String> text(JsonObject object, String name) {
        return object.find(name).filter(String.class::isInstance).map(String.class::cast);
    }

    private static String found(JsonObject object, String name) {
        return object.find(name)
                .map(Printable::value)
                .map(value -> value.isEmpty() ? "an empty text" : value)
                .orElse("nothing");
    }
}

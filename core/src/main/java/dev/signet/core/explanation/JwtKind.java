package dev.signet.core.explanation;

import dev.signet.core.Issuer;
import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.jwt.UnverifiedJwt;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of JWT that can be explained. */
public enum JwtKind {
    /** What an API is shown (RFC 9068). */
    ACCESS_TOKEN,
    /** By what a client says who it is (RFC 7523 §2.2). */
    CLIENT_ASSERTION,
    /** What is exchanged for an access token (RFC 7523 §2.1). */
    GRANT_ASSERTION,
    /** What a client asks a resource owner for (RFC 9101 §2.1). */
    REQUEST_OBJECT;

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The kind with that identifier; empty for any other text. */
    public static Optional<JwtKind> find(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
    }

    /**
     * What a JWT seems to be: by its {@code typ}, else by who issued it. That decides nothing but what it is asked about.
     *
     * @param server the authorization server that is asked
     * @return empty if it seems to be none of these
     */
    public static Optional<JwtKind> recognize(UnverifiedJwt jwt, Issuer server) {
        String type = jwt.type().orElse("JWT").toLowerCase(Locale.ROOT).replaceFirst("^application/", "");
        return switch (type) {
            case AccessTokenProfile.TYPE -> Optional.of(ACCESS_TOKEN);
            case ClientAssertion.TYPE -> Optional.of(CLIENT_ASSERTION);
            case RequestObject.TYPE -> Optional.of(REQUEST_OBJECT);
            case "jwt" -> byIssuer(jwt, server);
            default -> Optional.empty();
        };
    }

    private static Optional<JwtKind> byIssuer(UnverifiedJwt jwt, Issuer server) {
        return jwt.claimedIssuer().map(issuer -> {
            if (issuer.equals(server.value())) {
                return ACCESS_TOKEN;
            }
            // Whoever asserts something asserts it of somebody; a request is of whoever will sign in.
            return jwt.claimedSubject()
                    .map(subject -> subject.equals(issuer) ? CLIENT_ASSERTION : GRANT_ASSERTION)
                    .orElse(REQUEST_OBJECT);
        });
    }

    /** The stable identifier, such as {@code access-token}. */
    public String id() {
        return id;
    }
}

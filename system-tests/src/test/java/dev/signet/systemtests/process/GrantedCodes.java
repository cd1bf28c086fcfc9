package dev.signet.systemtests.process;

import dev.signet.authorizationserver.grant.AuthorizationCodes;
import dev.signet.authorizationserver.grant.RefreshTokenLifetimes;
import dev.signet.authorizationserver.internal.RandomTexts;
import dev.signet.authorizationserver.store.GrantStore;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.Authentication;
import dev.signet.core.authorization.CodeVerifier;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Codes for a client without authentication, put into the store of servers as if people had approved, and what they are sent with. */
public final class GrantedCodes {

    /** Who approved, and needs an account at the servers. */
    public static final String SUBJECT = "alice";

    private static final String CLIENT = "app";
    private static final String CALLBACK = "http://127.0.0.1/callback";

    private final SecureRandom random = new SecureRandom();
    private final CodeVerifier verifier = CodeVerifier.drawnFrom(random::nextBytes);
    private final TokenRequests http = new TokenRequests();
    private final AuthorizationCodes codes;

    public GrantedCodes(GrantStore grants) {
        this.codes = new AuthorizationCodes(grants, new RandomTexts(random));
    }

    /** The client as an entry of the configuration's {@code clients}, on one line. */
    public static String yaml() {
        return "{client_id: %s, token_endpoint_auth_method: none, application_type: native, redirect_uris: [\"%s\"], grant_types: [authorization_code, refresh_token], scope: \"orders.read\"}"
                .formatted(CLIENT, CALLBACK);
    }

    /** A code that nobody has used. */
    public String next() {
        Instant now = Instant.now();
        return codes.issue(
                new StoredGrant(
                        JwtId.drawnFrom(random::nextBytes),
                        new ClientId(CLIENT),
                        SUBJECT,
                        Scope.of("orders.read"),
                        Set.of(new ResourceIndicator("https://api.example.com/orders")),
                        Optional.of(CALLBACK),
                        Optional.of(verifier.challenge()),
                        Authentication.byPassword(now),
                        now,
                        now.plus(RefreshTokenLifetimes.STANDARD.absolute())),
                List.of());
    }

    /** Sends a code. */
    public HttpResponse<String> redeem(URI endpoint, String code) {
        return http.post(
                endpoint,
                "grant_type",
                "authorization_code",
                "client_id",
                CLIENT,
                "code",
                code,
                "redirect_uri",
                CALLBACK,
                "code_verifier",
                verifier.value());
    }

    /** Sends a refresh token. */
    public HttpResponse<String> refresh(URI endpoint, String refreshToken) {
        return http.post(endpoint, "grant_type", "refresh_token", "client_id", CLIENT, "refresh_token", refreshToken);
    }
}

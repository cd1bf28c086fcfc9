package dev.signet.client;

import dev.signet.core.token.GrantType;
import java.util.function.Consumer;

/** What a token is asked for with (RFC 6749 §1.3). Made by the factories of {@link TokenRequest}. */
public sealed interface Grant {

    /** The {@code grant_type}. */
    String type();

    /** The client's own credentials (RFC 6749 §4.4). */
    record ClientCredentials() implements Grant {
        @Override
        public String type() {
            return GrantType.CLIENT_CREDENTIALS;
        }
    }

    /**
     * A JWT that speaks for a subject (RFC 7523 §2.1).
     *
     * @param assertions where the JWT for each request comes from
     * @param encrypted whether it is sent encrypted to the server
     */
    record JwtBearer(AssertionSource assertions, boolean encrypted) implements Grant {
        @Override
        public String type() {
            return GrantType.JWT_BEARER;
        }
    }

    /**
     * A code, used once (RFC 6749 §4.1.3).
     *
     * @param code what came with the authorization response
     * @param keeper of the refresh tokens that come with it and after it, as in {@link RefreshToken#of}
     */
    record Code(AuthorizationCode code, Consumer<String> keeper) implements Grant {
        @Override
        public String type() {
            return GrantType.AUTHORIZATION_CODE;
        }
    }

    /**
     * A refresh token (RFC 6749 §6).
     *
     * @param token the one there is now
     */
    record Refresh(RefreshToken token) implements Grant {
        @Override
        public String type() {
            return GrantType.REFRESH_TOKEN;
        }
    }
}

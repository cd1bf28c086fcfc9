package dev.signet.client.authorization;

import dev.signet.client.AuthorizationCode;
import dev.signet.client.TokenRequest;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.token.TokenError;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What came back to the redirect URI (RFC 6749 §4.1.2, RFC 9207 §2): a code of the server that was asked, or anything else. */
public sealed interface AuthorizationResponse {

    /**
     * The resource owner approved.
     *
     * @param code to be exchanged at once: it lives a minute at most, and is good once
     * @param scope what was asked for
     * @param resources what tokens were asked for
     */
    record Code(AuthorizationCode code, Scope scope, List<ResourceIndicator> resources)
            implements AuthorizationResponse {

        /** Copies the resources. */
        public Code {
            resources = List.copyOf(resources);
        }

        /**
         * The request that exchanges it, for the first of the resources; {@link TokenRequest#withResource} takes another.
         *
         * @param keeper is given the refresh token that may come with the access token, and later each replacement of it, always
         *     before anybody is given the access token that came with it
         */
        public TokenRequest tokenRequest(Consumer<String> keeper) {
            Optional<ResourceIndicator> first = resources.stream().findFirst();
            TokenRequest request = TokenRequest.authorizationCode(code, keeper).withScope(scope);
            return first.isPresent() ? request.withResource(first.get()) : request;
        }
    }

    /** There is no code, and no token is to be asked for. */
    sealed interface NoCode extends AuthorizationResponse {

        /** What happened, in words for the log. */
        String detail();

        /** What to do about it, in a sentence for who runs the client, or who uses it. */
        String advice();
    }

    /**
     * The server that was asked says no (RFC 6749 §4.1.2.1).
     *
     * @param error what it says
     */
    record Denied(TokenError error) implements NoCode {
        @Override
        public String detail() {
            return "the server answered " + error.error()
                    + error.description().map(text -> ": " + text).orElse("");
        }

        @Override
        public String advice() {
            return DenialAdvice.on(error.error());
        }
    }

    /**
     * The response is that of another server than was asked, or can't be told to be that of the right one (RFC 9207 §2.4, RFC 9700
     * §4.4). Somebody may be attacking the user; whatever else it says is not to be believed.
     *
     * @param detail by what it shows
     */
    record MixUp(String detail) implements NoCode {
        @Override
        public String advice() {
            return "Begin anew. If it happens again, look whether the issuer is written as the server writes it, and which server"
                    + " sends its answers to this redirect URI.";
        }
    }

    /**
     * The response belongs to no request that is pending in this session: it was answered before, was begun in another browser, or
     * was forged (RFC 6749 §10.12).
     */
    record OtherState() implements NoCode {
        @Override
        public String detail() {
            return "it belongs to no authorization request of this session";
        }

        @Override
        public String advice() {
            return "Begin anew, in this browser.";
        }
    }

    /**
     * No authorization response has this form.
     *
     * @param detail what is wrong, with nothing of the response
     */
    record Malformed(String detail) implements NoCode {
        @Override
        public String advice() {
            return "Begin anew. If it happens again, tell who runs the server what is wrong.";
        }
    }
}

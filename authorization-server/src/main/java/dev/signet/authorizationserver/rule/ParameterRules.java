package dev.signet.authorizationserver.rule;

import dev.signet.core.authorization.CodeChallenge;
import dev.signet.core.authorization.ResponseMode;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** The rules about single parameters. */
final class ParameterRules {

    private static final Set<String> REPEATABLE = Set.of(ParameterName.RESOURCE);
    private static final String CODE = "code";
    private static final int LONGEST_STATE = 4096;
    private static final int LONGEST_NONCE = 512;

    private ParameterRules() {}

    static void requireOnce(Draft draft) {
        draft.parameters().requireUnrepeated(REPEATABLE);
    }

    /** How to answer, even if the request breaks a rule. */
    static ResponseMode responseMode(FormParameters parameters) {
        return lone(parameters, ParameterName.RESPONSE_MODE)
                .flatMap(ResponseMode::find)
                .orElse(ResponseMode.QUERY);
    }

    /** What to send back, even if the request breaks a rule; nothing if it is too long, or there are two. */
    static Optional<String> state(FormParameters parameters) {
        return lone(parameters, ParameterName.STATE).filter(state -> isWithin(state, LONGEST_STATE));
    }

    private static Optional<String> lone(FormParameters parameters, String name) {
        return parameters.all(name).size() == 1
                ? Optional.of(parameters.all(name).get(0))
                : Optional.empty();
    }

    static void requireResponseMode(Draft draft) {
        Optional<String> mode = draft.parameters().single(ParameterName.RESPONSE_MODE);
        if (mode.isPresent() && mode.flatMap(ResponseMode::find).isEmpty()) {
            throw OAuthException.invalidRequest(
                    "response_mode must be query or form_post",
                    RefusalReason.RESPONSE_MODE_UNSUPPORTED,
                    "response_mode is neither query nor form_post");
        }
    }

    static void requireResponseType(Draft draft) {
        if (!draft.parameters().require(ParameterName.RESPONSE_TYPE).equals(CODE)) {
            throw OAuthException.of(
                    ErrorCode.UNSUPPORTED_RESPONSE_TYPE,
                    "response_type must be code",
                    RefusalReason.RESPONSE_TYPE_UNSUPPORTED,
                    "response_type is not code");
        }
    }

    static void requireLengths(Draft draft) {
        requireWithin(draft, ParameterName.STATE, LONGEST_STATE);
        requireWithin(draft, ParameterName.NONCE, LONGEST_NONCE);
    }

    private static void requireWithin(Draft draft, String name, int longest) {
        if (draft.parameters()
                .single(name)
                .filter(value -> !isWithin(value, longest))
                .isPresent()) {
            throw OAuthException.invalidRequest(
                    name + " must have at most " + longest + " octets",
                    RefusalReason.PARAMETER_TOO_LONG,
                    name + " has more than " + longest + " octets");
        }
    }

    private static boolean isWithin(String value, int longest) {
        return value.length() <= longest && value.getBytes(StandardCharsets.UTF_8).length <= longest;
    }

    static void requireCodeChallenge(Draft draft) {
        Optional<String> challenge = draft.parameters().single(ParameterName.CODE_CHALLENGE);
        Optional<String> method = draft.parameters().single(ParameterName.CODE_CHALLENGE_METHOD);
        if (challenge.isEmpty() && method.isEmpty() && mayGoWithoutChallenge(draft)) {
            draft.usedLeniency("pkceOptional");
            return;
        }
        String text = draft.parameters().require(ParameterName.CODE_CHALLENGE);
        if (!method.equals(Optional.of(CodeChallenge.METHOD))) {
            throw OAuthException.invalidRequest(
                    "code_challenge_method must be S256",
                    RefusalReason.CODE_CHALLENGE_METHOD,
                    method.isEmpty()
                            ? "code_challenge_method is missing, which means plain"
                            : "code_challenge_method is not S256");
        }
        draft.codeChallenge = Optional.of(CodeChallenge.find(text)
                .orElseThrow(() -> OAuthException.invalidRequest(
                        "code_challenge must be a SHA-256 in base64url",
                        RefusalReason.PARAMETER_MALFORMED,
                        "code_challenge is no SHA-256 in base64url")));
    }

    /** The nonce does for the ID token what the challenge does for the code (RFC 9700 §2.1.1). */
    private static boolean mayGoWithoutChallenge(Draft draft) {
        return draft.client().authorization().isPkceOptional()
                && draft.asksForOpenId()
                && draft.parameters().single(ParameterName.NONCE).isPresent();
    }
}

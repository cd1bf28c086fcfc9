package dev.signet.authorizationserver.rule;

import dev.signet.authorizationserver.requestobject.RequestPolicy;
import dev.signet.authorizationserver.requestobject.SentRequest.Transport;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ParameterName;

/** The rules about how a request is sent. */
final class RequestRules {

    private RequestRules() {}

    static void requireOnce(Draft draft) {
        draft.sentParameters.single(ParameterName.CLIENT_ID);
        draft.sentParameters.single(ParameterName.REQUEST);
        draft.sentParameters.single(ParameterName.REQUEST_URI);
        draft.sentParameters.single(ParameterName.REDIRECT_URI);
    }

    static void requireOneSource(Draft draft) {
        if (isThere(draft, ParameterName.REQUEST) && isThere(draft, ParameterName.REQUEST_URI)) {
            throw OAuthException.invalidRequest(
                    "request and request_uri exclude each other",
                    RefusalReason.REQUEST_OBJECT_TWICE,
                    "there is a request and a request_uri");
        }
    }

    static void requireNoRequestUri(Draft draft) {
        if (isThere(draft, ParameterName.REQUEST_URI)) {
            throw OAuthException.invalidRequest(
                    "request_uri can't be pushed", RefusalReason.REQUEST_OBJECT_TWICE, "a request_uri was pushed");
        }
    }

    private static boolean isThere(Draft draft, String name) {
        return draft.sentParameters.single(name).isPresent();
    }

    static void requireSupported(Draft draft) {
        Transport transport = draft.sent().transport();
        RequestPolicy policy = draft.reader.policy();
        if (transport == Transport.BY_VALUE && !policy.takesRequestObjects()) {
            throw unsupported(ErrorCode.REQUEST_NOT_SUPPORTED, ParameterName.REQUEST);
        }
        boolean isFetched = policy.fetcher().isPresent()
                && !draft.client().requestObjects().requestUris().isEmpty();
        if (transport == Transport.BY_REFERENCE && !isFetched) {
            throw unsupported(ErrorCode.REQUEST_URI_NOT_SUPPORTED, ParameterName.REQUEST_URI);
        }
    }

    private static OAuthException unsupported(ErrorCode error, String name) {
        return OAuthException.of(
                error, name + " is not supported", RefusalReason.REQUEST_OBJECT_UNSUPPORTED, name + " is there");
    }

    static void requirePushed(Draft draft) {
        boolean required = draft.reader.policy().isPushedRequired()
                || draft.client().requestObjects().isPushedRequired();
        if (required && draft.sent().transport() != Transport.PUSHED) {
            throw OAuthException.invalidRequest(
                    "The request must be pushed first",
                    RefusalReason.PUSHED_REQUEST_REQUIRED,
                    "the request was not pushed");
        }
    }

    static void read(Draft draft) {
        draft.readAs(draft.reader.read(draft.client(), draft.sent(), draft.receivedAt));
        draft.leniencies.addAll(draft.read().leniencies());
    }

    /** Whoever is on the way could have written what is not signed: nobody is sent anywhere by it. */
    static void requireSigned(Draft draft) {
        boolean required = draft.reader.policy().isSignedRequired()
                || draft.client().requestObjects().isSignedRequired();
        if (required && !draft.read().isSigned()) {
            throw OAuthException.invalidRequest(
                    "The request must be in a signed request object",
                    RefusalReason.REQUEST_OBJECT_REQUIRED,
                    "the request is not signed");
        }
    }

    static void requireClaims(Draft draft) {
        draft.read().fault().ifPresent(fault -> {
            throw fault;
        });
    }
}

package dev.signet.systemtests.attack;

import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.assertion.ClientAssertion;
import java.util.List;

/** The two uses of an assertion, each with what refuses it (RFC 7523 §3.1, §3.2). */
enum Use {
    CLIENT_AUTHENTICATION(401, "invalid_client") {
        @Override
        List<String> form(String assertion) {
            return List.of(
                    "grant_type",
                    "client_credentials",
                    "client_assertion_type",
                    ClientAssertion.ASSERTION_TYPE,
                    "client_assertion",
                    assertion);
        }
    },
    GRANT(400, "invalid_grant") {
        @Override
        List<String> form(String assertion) {
            return List.of(
                    "grant_type",
                    AssertionGrant.GRANT_TYPE,
                    "assertion",
                    assertion,
                    "client_id",
                    AttackedServer.PRESENTER,
                    "client_secret",
                    AttackedServer.SECRET);
        }
    };

    private final int status;
    private final String error;

    Use(int status, String error) {
        this.status = status;
        this.error = error;
    }

    /** The status of a refusal. */
    int status() {
        return status;
    }

    /** The error code of a refusal. */
    String error() {
        return error;
    }

    /** The parameters of a token request with that assertion, as name, value, name, value, …. */
    abstract List<String> form(String assertion);
}

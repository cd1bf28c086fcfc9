package dev.signet.core.explanation;

import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonObject;
import java.util.Optional;

/**
 * What came of a check.
 *
 * @param reason why it failed; empty unless it did
 * @param detail what was found, or why the check was not made; holds nothing of the JWT but names of members
 */
public record Finding(Check check, Verdict verdict, Optional<RefusalReason> reason, String detail) {

    static Finding passed(Check check) {
        return new Finding(check, Verdict.PASSED, Optional.empty(), "");
    }

    static Finding failed(Check check, RefusalReason reason, String detail) {
        return new Finding(check, Verdict.FAILED, Optional.of(reason), detail);
    }

    /** A check that was not made, and why not. */
    public static Finding notReached(Check check, String why) {
        return new Finding(check, Verdict.NOT_REACHED, Optional.empty(), why);
    }

    JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder().put("check", check.id()).put("verdict", verdict.id());
        reason.ifPresent(refused -> json.put("reason", refused.id()));
        if (!detail.isEmpty()) {
            json.put("detail", detail);
        }
        return json.build();
    }
}

package dev.signet.authorizationserver.requestobject;

import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.core.error.OAuthException;
import dev.signet.core.http.FormParameters;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What counts of an authorization request, whether it came as parameters, in a request object or by reference. That it was signed is
 * checked; all that its parameters say is not.
 *
 * @param parameters those that count (RFC 9101 §6.3)
 * @param resent what has to be sent to ask for the same again, made when it is needed first and the same from then on
 * @param isSigned whether they were signed by the client
 * @param isPushed whether they were pushed by the client
 * @param uses what an answer to it uses up: whoever sent it gets one
 * @param leniencies those without which it could not be read
 * @param fault what is wrong with the claims of the request object beside the parameters, for the client to be told; empty if nothing is
 * @param vetter who vetted it, if that is somebody else (RFC 9101 §11.1)
 */
public record ReadRequest(
        FormParameters parameters,
        Supplier<FormParameters> resent,
        boolean isSigned,
        boolean isPushed,
        List<SingleUse> uses,
        List<LeniencyUse> leniencies,
        Optional<OAuthException> fault,
        Optional<String> vetter) {

    /** Copies the lists. */
    public ReadRequest {
        resent = new Once(resent);
        uses = List.copyOf(uses);
        leniencies = List.copyOf(leniencies);
    }

    /** One whose parameters count as they were sent. */
    public static ReadRequest plain(FormParameters sent) {
        return new ReadRequest(
                sent, () -> sent, false, false, List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    /** Nothing of what it says. */
    @Override
    public String toString() {
        return "ReadRequest" + (isSigned ? " signed" : "") + (isPushed ? " pushed" : "");
    }

    /** A field is signed, and no two signatures are the same: the forms of one page have to send one. */
    private static final class Once implements Supplier<FormParameters> {

        private final Supplier<FormParameters> making;
        private @Nullable FormParameters made;

        Once(Supplier<FormParameters> making) {
            this.making = making;
        }

        @Override
        public synchronized FormParameters get() {
            if (made == null) {
                made = making.get();
            }
            return made;
        }
    }
}

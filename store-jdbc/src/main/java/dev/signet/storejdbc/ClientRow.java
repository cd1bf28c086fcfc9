package dev.signet.storejdbc;

import org.jspecify.annotations.Nullable;

/**
 * A client as it lies in the table.
 *
 * @param metadata JSON
 * @param secretHash JSON; null if there is none
 * @param sealedSecret sealed JSON in base64url; null if there is none
 */
record ClientRow(
        String metadata,
        @Nullable String secretHash,
        @Nullable String sealedSecret) {

    /** Shows nothing. */
    @Override
    public String toString() {
        return "ClientRow";
    }
}

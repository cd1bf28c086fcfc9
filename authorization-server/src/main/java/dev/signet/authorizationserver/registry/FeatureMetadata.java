package dev.signet.authorizationserver.registry;

import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.jwt.json.JsonObject;
import java.util.List;
import java.util.Set;

/** What one feature contributes to the metadata of clients (RFC 7591 §2): {@link ClientMetadata} lists them. */
interface FeatureMetadata {

    /** The names of its members. */
    Set<String> members();

    /** Those that a client may give that registers itself; the others are for whoever runs the server. */
    Set<String> registrable();

    /** Reads its members; what is malformed is noted as their fault. */
    void read(MemberReader metadata, RegisteredClient.Builder client);

    /** Writes its members, without what is as it is anyway. */
    void write(RegisteredClient client, JsonObject.Builder json);

    /** What its members demand, however the client authenticates. */
    default void check(RegisteredClient.Builder client, List<String> faults) {}

    /** What its members and the method of the client demand of each other; not asked while there is none. */
    default void check(RegisteredClient.Builder client, ClientAuthenticationMethod method, List<String> faults) {}
}

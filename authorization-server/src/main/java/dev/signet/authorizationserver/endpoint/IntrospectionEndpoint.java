package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.accesstoken.Introspection;
import dev.signet.authorizationserver.accesstoken.IntrospectionAnswer;
import dev.signet.authorizationserver.accesstoken.IntrospectionSigner;
import dev.signet.authorizationserver.clientauth.AuthenticatedClient;
import dev.signet.authorizationserver.clientauth.ClientEndpoint;
import dev.signet.authorizationserver.endpoint.ClientForms.ClientForm;
import dev.signet.authorizationserver.internal.ReplayCheck;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.http.AcceptedMediaTypes;
import dev.signet.core.http.ParameterName;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.introspection.IntrospectionJwt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Says whether a token is active, to clients that may ask (RFC 7662 §2), as JSON or as a signed JWT (RFC 9701). {@code
 * token_type_hint} is not read, since the token itself says what it is (RFC 7662 §2.1).
 */
public final class IntrospectionEndpoint implements Endpoint {

    private static final String JSON = "application/json";
    private static final List<String> PLAIN_FIRST = List.of(JSON, IntrospectionJwt.MEDIA_TYPE);
    private static final List<String> SIGNED_FIRST = List.of(IntrospectionJwt.MEDIA_TYPE, JSON);

    private final ClientForms forms;
    private final Introspection introspection;
    private final IntrospectionSigner signer;
    private final ReplayCheck replays;

    /** An endpoint that answers what is said there, signed where that is wanted. */
    public IntrospectionEndpoint(
            ClientForms forms, Introspection introspection, IntrospectionSigner signer, ReplayCheck replays) {
        this.forms = forms;
        this.introspection = introspection;
        this.signer = signer;
        this.replays = replays;
    }

    @Override
    public List<String> methods() {
        return List.of("POST");
    }

    @Override
    public ProtocolResponse handle(ProtocolRequest request, RequestEvents events) {
        ClientForm form = forms.read(request, Set.of(), events);
        String token = form.parameters().require(ParameterName.TOKEN);
        AuthenticatedClient client =
                forms.authenticate(form, ClientEndpoint.INTROSPECTION, events).requireAuthenticated();
        IntrospectionAnswer answer = introspection.ask(client.registration(), token, events.receivedAt());
        ProtocolResponse.Builder response = ProtocolResponse.builder(200);
        if (isSigned(client.registration(), request)) {
            String jwt = signer.sign(client.registration(), answer, events.receivedAt());
            response.body(IntrospectionJwt.MEDIA_TYPE, jwt.getBytes(StandardCharsets.US_ASCII));
        } else {
            response.json(answer.toJson());
        }
        replays.consume(client.singleUses());
        events.introspected(client, answer);
        return response.noStore().build();
    }

    /** The {@code Accept} header decides; where it does not, what the client registered (RFC 9701 §4, D-26). */
    private static boolean isSigned(RegisteredClient client, ProtocolRequest request) {
        List<String> offered = client.getsSignedIntrospection() ? SIGNED_FIRST : PLAIN_FIRST;
        return AcceptedMediaTypes.read(request).prefer(offered).equals(IntrospectionJwt.MEDIA_TYPE);
    }
}

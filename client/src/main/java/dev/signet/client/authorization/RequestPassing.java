package dev.signet.client.authorization;

import dev.signet.client.Failure.NotSent;
import dev.signet.client.Failure.Unusable;
import dev.signet.client.FailureException;
import dev.signet.client.OAuthClient;
import dev.signet.client.Problem;
import dev.signet.client.PushedRequest;
import dev.signet.client.RequestProtection;
import dev.signet.core.http.ParameterName;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.metadata.MetadataPaths;
import dev.signet.core.metadata.RequestObjectSupport;
import dev.signet.jwt.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the parameters of authorization requests get to the server: as they are, in a request object, hosted, or pushed (RFC 9101 §5,
 * RFC 9126 §4).
 *
 * @param protection that of the request object, if there is one
 * @param host where the request object is put, if it is hosted
 * @param pushed whether it is pushed also where the server does not demand that
 * @param repeated whether {@code response_type} and {@code scope} are outside the request object as well
 * @param namingEndpoints whether the request object says where the client takes what comes of it (RFC 9101 §10.3)
 */
record RequestPassing(
        Optional<RequestProtection> protection,
        Optional<RequestObjectHost> host,
        boolean pushed,
        boolean repeated,
        boolean namingEndpoints) {

    private static final List<String> REPEATED = List.of(ParameterName.RESPONSE_TYPE, ParameterName.SCOPE);

    /** What contradicts itself. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (protection.isEmpty() && (host.isPresent() || repeated || namingEndpoints)) {
            faults.add("what is hosted, repeated or names endpoints has to be signed");
        }
        if (pushed && host.isPresent()) {
            faults.add("it is either hosted or pushed");
        }
        if (pushed && repeated) {
            faults.add("nothing is repeated beside what is pushed");
        }
        return faults;
    }

    /**
     * What the user agent takes along.
     *
     * @param query what it asks the authorization endpoint with
     * @param expiresAt when that is good for nothing any more, if it was pushed
     */
    record Passed(List<Map.Entry<String, String>> query, Optional<Instant> expiresAt) {}

    /**
     * Gets the parameters on their way, up to the query that a user agent is sent to the authorization endpoint with.
     *
     * @param parameters those of the request, in the JSON types they have, {@code client_id} among them
     * @param names gives what nobody can guess
     */
    Passed pass(OAuthClient client, AuthorizationServerMetadata server, JsonObject parameters, Supplier<String> names)
            throws FailureException {
        boolean pushing = pushed || server.requirePushedAuthorizationRequests();
        requireWhatServerDemands(client, server, pushing);
        if (protection.isEmpty()) {
            return pushing ? push(client, parameters, form(parameters)) : unpushed(form(parameters));
        }
        String requestObject = client.requestObject(inside(parameters, server), protection.get())
                .require();
        Map.Entry<String, String> byValue = Map.entry(ParameterName.REQUEST, requestObject);
        if (pushing) {
            return push(client, parameters, List.of(byValue));
        }
        List<Map.Entry<String, String>> query = new ArrayList<>(form(only(parameters, outside())));
        query.add(host.isEmpty() ? byValue : hosted(host.get(), server, requestObject, names.get()));
        return unpushed(query);
    }

    private static Passed unpushed(List<Map.Entry<String, String>> query) {
        return new Passed(query, Optional.empty());
    }

    private void requireWhatServerDemands(OAuthClient client, AuthorizationServerMetadata server, boolean pushing)
            throws FailureException {
        RequestObjectSupport support = server.requestObjects();
        if (protection.isEmpty() && support.requireSignedRequestObject()) {
            throw unusable(client, Problem.REQUEST_UNSIGNED, "the server takes signed authorization requests only");
        }
        if (protection.isPresent() && (pushing || host.isEmpty())) {
            // Who demands them takes them, whether that is said or not.
            if (!support.requestParameterSupported() && !support.requireSignedRequestObject()) {
                throw unusable(
                        client, Problem.REQUEST_OBJECT, "the metadata does not say that request objects are taken");
            }
        } else if (protection.isPresent() && !support.requestUriParameterSupported()) {
            throw unusable(client, Problem.REQUEST_OBJECT, "the server takes no request objects that are hosted");
        }
    }

    private static FailureException unusable(OAuthClient client, Problem problem, String detail) {
        return new FailureException(new Unusable(problem, detail, MetadataPaths.oauthUri(client.issuer())));
    }

    private static Passed push(OAuthClient client, JsonObject parameters, List<Map.Entry<String, String>> form)
            throws FailureException {
        PushedRequest request = client.push(form.stream()
                        .filter(parameter -> !parameter.getKey().equals(ParameterName.CLIENT_ID))
                        .toList())
                .require();
        List<Map.Entry<String, String>> query =
                new ArrayList<>(form(only(parameters, List.of(ParameterName.CLIENT_ID))));
        query.add(Map.entry(ParameterName.REQUEST_URI, request.requestUri()));
        return new Passed(query, Optional.of(request.expiresAt()));
    }

    private JsonObject inside(JsonObject parameters, AuthorizationServerMetadata server) {
        if (!namingEndpoints) {
            return parameters;
        }
        JsonObject.Builder inside = parameters.toBuilder();
        server.authorizationEndpoint().ifPresent(uri -> inside.put("authorization_endpoint", uri.toString()));
        server.tokenEndpoint().ifPresent(uri -> inside.put("token_endpoint", uri.toString()));
        List<String> resources = form(only(parameters, List.of(ParameterName.RESOURCE))).stream()
                .map(Map.Entry::getValue)
                .toList();
        if (!resources.isEmpty()) {
            inside.put("protected_resources", resources);
        }
        return inside.build();
    }

    private List<String> outside() {
        List<String> names = new ArrayList<>(List.of(ParameterName.CLIENT_ID));
        if (repeated) {
            names.addAll(REPEATED);
        }
        return names;
    }

    private static JsonObject only(JsonObject parameters, List<String> names) {
        JsonObject.Builder left = parameters.toBuilder();
        parameters.names().stream().filter(name -> !names.contains(name)).forEach(left::remove);
        return left.build();
    }

    private static List<Map.Entry<String, String>> form(JsonObject parameters) {
        List<Map.Entry<String, String>> form = new ArrayList<>();
        for (String name : parameters.names()) {
            Object value = parameters.find(name).orElseThrow();
            if (value instanceof List<?> several) {
                several.forEach(one -> form.add(Map.entry(name, one.toString())));
            } else {
                form.add(Map.entry(name, value instanceof JsonObject json ? json.toJson() : value.toString()));
            }
        }
        return form;
    }

    private static Map.Entry<String, String> hosted(
            RequestObjectHost host, AuthorizationServerMetadata server, String requestObject, String name)
            throws FailureException {
        boolean isNamed = !server.requestObjects().requireRequestUriRegistration();
        try {
            URI uri = host.put(name, requestObject);
            requireFetchable(uri);
            // A fragment is not sent when it is fetched, and protects nothing.
            if (isNamed && !uri.getRawSchemeSpecificPart().contains(name)) {
                throw new IllegalStateException("the request_uri does not hold the name");
            }
            return Map.entry(ParameterName.REQUEST_URI, uri.toString());
        } catch (RuntimeException e) {
            throw new FailureException(
                    new NotSent(e, server.authorizationEndpoint().orElseThrow()));
        }
    }

    private static void requireFetchable(URI uri) {
        String text = uri.toString();
        if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalStateException("the request_uri is no https URI");
        }
        if (text.length() > RequestObjectHost.LONGEST
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new IllegalStateException("the request_uri has more than " + RequestObjectHost.LONGEST
                    + " characters, or others than those of ASCII");
        }
    }

    /** What is done, and with what key. */
    @Override
    public String toString() {
        return "RequestPassing[protection=" + protection + ", hosted=" + host.isPresent() + ", pushed=" + pushed + "]";
    }
}

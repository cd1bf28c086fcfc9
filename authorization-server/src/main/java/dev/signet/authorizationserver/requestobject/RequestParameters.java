package dev.signet.authorizationserver.requestobject;

import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.jwt.json.JsonObject;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes the parameters out of the claims of a request object (RFC 9101 §4, OpenID Connect Core 1.0 §6.1). */
final class RequestParameters {

    /** The parameters that are numbers. */
    private static final Set<String> NUMBERS = Set.of("max_age");

    /** Those that are JSON in themselves: a string of it in a query, the thing itself in here. */
    private static final Set<String> JSON = Set.of("claims", "authorization_details");

    private RequestParameters() {}

    /**
     * The parameters. Claims that say something about the JWT are none, nor are unknown ones that are no strings.
     *
     * @param textForNumbers whether a number may be written as a string
     */
    static FormParameters of(JsonObject claims, boolean textForNumbers) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String name : claims.names()) {
            if (!RequestObject.JWT_CLAIMS.contains(name)) {
                values(name, claims.find(name).orElseThrow(), textForNumbers)
                        .ifPresent(values -> parameters.put(name, values));
            }
        }
        return FormParameters.of(parameters);
    }

    private static Optional<List<String>> values(String name, Object value, boolean textForNumbers) {
        if (NUMBERS.contains(name)) {
            boolean isNumber = value instanceof Long || value instanceof BigDecimal;
            return require(name, isNumber || (textForNumbers && value instanceof String), value.toString());
        }
        if (JSON.contains(name)) {
            boolean isJson = value instanceof JsonObject || value instanceof List<?>;
            return require(name, isJson || value instanceof String, isJson ? json(value) : value.toString());
        }
        if (name.equals(ParameterName.RESOURCE) && value instanceof List<?> many) {
            if (!many.stream().allMatch(String.class::isInstance)) {
                throw malformed(name);
            }
            return Optional.of(many.stream().map(String.class::cast).toList());
        }
        // As in a form, a NUL is in none.
        if (value instanceof String text && text.indexOf('\0') < 0) {
            return Optional.of(List.of(text));
        }
        if (ParameterName.KNOWN.contains(name)) {
            throw malformed(name);
        }
        return Optional.empty();
    }

    private static Optional<List<String>> require(String name, boolean wellFormed, String text) {
        if (!wellFormed) {
            throw malformed(name);
        }
        return Optional.of(List.of(text));
    }

    private static String json(Object value) {
        String member = JsonObject.builder().put("v", value).build().toJson();
        return member.substring("{\"v\":".length(), member.length() - 1);
    }

    private static OAuthException malformed(String name) {
        return OAuthException.invalidRequestObject(
                RefusalReason.REQUEST_OBJECT_PARAMETER, name + " in the request object is of another JSON type");
    }
}

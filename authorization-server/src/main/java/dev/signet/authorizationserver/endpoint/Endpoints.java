package dev.signet.authorizationserver.endpoint;

import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoint is at which path, or at all paths that are one part longer. Paths are compared as they were sent: there is one way to
 * write each.
 */
public final class Endpoints {

    private final Map<String, Endpoint> byPath;
    private final Map<String, Endpoint> below;

    /**
     * These, each at its path.
     *
     * @param below those that have many paths, by what these begin with up to their last slash
     */
    public Endpoints(Map<String, Endpoint> byPath, Map<String, Endpoint> below) {
        this.byPath = Map.copyOf(byPath);
        this.below = Map.copyOf(below);
    }

    private @Nullable Endpoint find(String path) {
        Endpoint endpoint = byPath.get(path);
        return endpoint != null || path.endsWith("/")
                ? endpoint
                : below.get(path.substring(0, path.lastIndexOf('/') + 1));
    }

    /**
     * The endpoint that a request is for.
     *
     * @throws OAuthException if there is none at that path, or it has another method
     */
    public Endpoint require(ProtocolRequest request) {
        Endpoint endpoint = find(request.path());
        if (endpoint == null) {
            throw OAuthException.invalidRequest(
                    "There is nothing at this path", RefusalReason.ENDPOINT_UNKNOWN, "no endpoint has that path");
        }
        if (!endpoint.methods().contains(request.method())) {
            throw OAuthException.invalidRequest(
                    "The method must be one of " + String.join(", ", endpoint.methods()),
                    RefusalReason.METHOD_NOT_ALLOWED,
                    "the endpoint has another method");
        }
        return endpoint;
    }

    /** The HTTP methods there are at a path. */
    public List<String> methods(String path) {
        Endpoint endpoint = find(path);
        return endpoint == null ? List.of() : endpoint.methods();
    }
}

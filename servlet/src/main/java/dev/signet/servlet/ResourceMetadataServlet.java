package dev.signet.servlet;

import dev.signet.core.metadata.ProtectedResourceMetadata;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Serves protected resource metadata (RFC 9728 §3). It is to be mapped to the path of {@code metadata.location()}, and its
 * context to the root of the host.
 *
 * <pre>{@code
 * ProtectedResourceMetadata metadata = validator.metadata().orElseThrow();
 * context.addServlet("metadata", new ResourceMetadataServlet(metadata))
 *         .addMapping(metadata.location().getPath());
 * }</pre>
 */
public final class ResourceMetadataServlet extends HttpServlet {

    private final transient ProtectedResourceMetadata metadata;

    /** A servlet for that document. */
    public ResourceMetadataServlet(ProtectedResourceMetadata metadata) {
        this.metadata = metadata;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletResponses.send(request, metadata.toResponse(), response);
    }
}

package dev.signet.servlet;

import dev.signet.core.http.ProtocolResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends a response through a servlet container. */
final class ServletResponses {

    private ServletResponses() {}

    /** The answer to HEAD says how long its body would be, and has none (RFC 9110 §9.3.2). */
    static void send(HttpServletRequest request, ProtocolResponse response, HttpServletResponse out)
            throws IOException {
        byte[] body = response.body();
        out.setStatus(response.status());
        response.headers().forEach(header -> out.addHeader(header.name(), header.value()));
        out.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            out.getOutputStream().write(body);
        }
    }
}

package dev.signet.servlet;

import dev.signet.core.http.ProtocolResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends a response through a servlet container. */
final class ServletResponses {

    private ServletResponses() {}

    static void send(ProtocolResponse response, HttpServletResponse out) throws IOException {
        byte[] body = response.body();
        out.setStatus(response.status());
        response.headers().forEach(header -> out.addHeader(header.name(), header.value()));
        out.setContentLength(body.length);
        out.getOutputStream().write(body);
    }
}

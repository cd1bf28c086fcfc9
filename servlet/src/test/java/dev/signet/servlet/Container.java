package dev.signet.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A servlet container on the loopback address. */
final class Container implements AutoCloseable {

    private final Server server = new Server();
    private final ServletContextHandler context = new ServletContextHandler("/");
    private final HttpClient http = HttpClient.newHttpClient();
    private final String origin;

    Container() throws IOException {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("localhost");
        server.addConnector(connector);
        server.setHandler(context);
        connector.open();
        origin = "http://localhost:" + connector.getLocalPort();
    }

    String origin() {
        return origin;
    }

    void add(Filter filter, String pattern) {
        context.addFilter(new FilterHolder(filter), pattern, EnumSet.of(DispatcherType.REQUEST));
    }

    void add(Servlet servlet, String pattern) {
        context.addServlet(new ServletHolder(servlet), pattern);
    }

    void start() throws Exception {
        server.start();
    }

    HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        return send(path, method, BodyPublishers.noBody(), headers);
    }

    HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return send(path, "POST", BodyPublishers.ofString(body), headers);
    }

    private HttpResponse<String> send(String path, String method, HttpRequest.BodyPublisher body, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin + path)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}

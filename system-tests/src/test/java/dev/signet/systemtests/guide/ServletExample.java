package dev.signet.systemtests.guide;

import dev.signet.core.metadata.ProtectedResourceMetadata;
import dev.signet.resourceserver.AccessToken;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.servlet.AccessTokenFilter;
import dev.signet.servlet.ResourceMetadataServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.slf4j.Logger;

/** An API in a servlet container, as the guide shows it. */
final class ServletExample {

    private final AccessTokenValidator validator;
    private final Logger log;

    ServletExample(AccessTokenValidator validator, Logger log) {
        this.validator = validator;
        this.log = log;
    }

    void protect(ServletContext context) {
        AccessTokenFilter filter = AccessTokenFilter.of(validator)
                .requiring(outcome -> outcome.requireScope("orders.read"))
                .reporting(refused -> log.info("{}", refused));
        context.addFilter("access-token", filter)
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/orders/*");
        ProtectedResourceMetadata metadata = validator.metadata().orElseThrow();
        context.addServlet("resource-metadata", new ResourceMetadataServlet(metadata))
                .addMapping(metadata.location().getPath());
    }

    /** What is behind the filter. */
    static final class Orders extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            AccessToken token = AccessTokenFilter.token(request);
            response.getOutputStream().print("{\"orderedBy\":\"" + token.subject() + "\"}");
        }
    }
}

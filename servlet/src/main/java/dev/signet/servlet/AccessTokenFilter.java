package dev.signet.servlet;

import dev.signet.core.http.ProtocolRequest;
import dev.signet.resourceserver.AccessToken;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Lets a request pass that has a good access token, and answers every other one itself. Only header and query are read for
 * it; the body is left to the servlet. Immutable and thread-safe.
 *
 * <pre>{@code
 * AccessTokenFilter filter = AccessTokenFilter.of(validator)
 *         .requiring(outcome -> outcome.requireScope("orders.read"))
 *         .reporting(refused -> log.info("{}", refused));
 * context.addFilter("access-token", filter).addMappingForUrlPatterns(null, false, "/orders/*");
 * }</pre>
 *
 * <p>The user of the request, as {@code getUserPrincipal} has it, stays what it was: a subject is unique at its issuer only.
 */
public final class AccessTokenFilter implements Filter {

    private static final String TOKEN = AccessToken.class.getName();

    private final AccessTokenValidator validator;
    private final UnaryOperator<AccessTokenOutcome> requirements;
    private final Consumer<AccessTokenOutcome> report;

    private AccessTokenFilter(
            AccessTokenValidator validator,
            UnaryOperator<AccessTokenOutcome> requirements,
            Consumer<AccessTokenOutcome> report) {
        this.validator = validator;
        this.requirements = requirements;
        this.report = report;
    }

    /** A filter for any good access token. */
    public static AccessTokenFilter of(AccessTokenValidator validator) {
        return new AccessTokenFilter(validator, UnaryOperator.identity(), refused -> {});
    }

    /**
     * A filter that requires more of the token, after what this one requires.
     *
     * @param more such as {@code outcome -> outcome.requireScope("orders.read")}
     */
    public AccessTokenFilter requiring(UnaryOperator<AccessTokenOutcome> more) {
        return new AccessTokenFilter(validator, outcome -> more.apply(requirements.apply(outcome)), report);
    }

    /**
     * A filter that tells of each request it does not let pass, for log and counters.
     *
     * @param told gets the refusal, which holds nothing of the token; must not throw
     */
    public AccessTokenFilter reporting(Consumer<AccessTokenOutcome> told) {
        return new AccessTokenFilter(validator, requirements, report.andThen(told));
    }

    /**
     * The token of a request that this filter let pass.
     *
     * @throws IllegalStateException if it did not: the filter is not mapped to that request
     */
    public static AccessToken token(ServletRequest request) {
        if (request.getAttribute(TOKEN) instanceof AccessToken token) {
            return token;
        }
        throw new IllegalStateException("no AccessTokenFilter is mapped to this request");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest asked) || !(response instanceof HttpServletResponse answer)) {
            throw new ServletException("only HTTP requests have an access token");
        }
        AccessTokenOutcome outcome = requirements.apply(validator.validate(read(asked)));
        if (outcome instanceof AccessTokenOutcome.Valid valid) {
            asked.setAttribute(TOKEN, valid.token());
            chain.doFilter(asked, answer);
        } else {
            report.accept(outcome);
            ServletResponses.send(asked, outcome.response(), answer);
        }
    }

    private static ProtocolRequest read(HttpServletRequest request) {
        ProtocolRequest.Builder read = ProtocolRequest.builder(request.getMethod(), request.getRequestURI());
        Collections.list(request.getHeaders("Authorization")).forEach(value -> read.header("Authorization", value));
        if (request.getQueryString() != null) {
            read.query(request.getQueryString());
        }
        return read.build();
    }
}

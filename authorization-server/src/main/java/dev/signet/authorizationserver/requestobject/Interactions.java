package dev.signet.authorizationserver.requestobject;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells when an interaction about a request began: what was good then may be answered later, since people take their time (D-18). Nothing
 * is kept for that. What is known goes along with the pages, as a field that nobody else can make. Thread-safe.
 */
public interface Interactions {

    /** The field that it is in. */
    String FIELD = "interaction";

    /** How long people may take. */
    Duration LONGEST = Duration.ofMinutes(30);

    /**
     * What an interaction began with.
     *
     * @param at when; in whole seconds
     * @param fetchedFrom where the request object was fetched from, if it was
     */
    record Begun(Instant at, Optional<URI> fetchedFrom) {}

    /**
     * The value of the field.
     *
     * @param request what it is good for, and nothing else: the client with its request object or URI
     */
    String field(String request, Begun begun);

    /** What the field says; empty if it is none of this server for that request, or began too long ago. */
    Optional<Begun> find(String field, String request, Instant now);
}

package dev.signet.app.config;

import dev.signet.authorizationserver.requestobject.RequestObjectFetcher;
import dev.signet.authorizationserver.requestobject.RequestPolicy;
import dev.signet.outbound.OutboundHttp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code authorization_requests}: in which ways they are taken (RFC 9101 §10.5, RFC 9126 §5). */
final class RequestsReader {

    private final OutboundHttp outbound;

    RequestsReader(OutboundHttp outbound) {
        this.outbound = outbound;
    }

    RequestPolicy read(Section top) {
        Optional<Section> section = top.section("authorization_requests");
        if (section.isEmpty()) {
            return RequestPolicy.standard();
        }
        Section requests = section.get();
        RequestPolicy.Builder policy = RequestPolicy.builder();
        requests.flag("request_parameter").ifPresent(policy::takeRequestObjects);
        boolean fetched = requests.flag("request_uri_parameter").orElse(false);
        if (fetched) {
            policy.fetchWith(RequestObjectFetcher.over(outbound));
        }
        requests.flag("require_signed_request_object").ifPresent(policy::requireSigned);
        requests.flag("require_pushed_authorization_requests").ifPresent(policy::requirePushed);
        requests.flag("require_request_object_typ").ifPresent(policy::requireType);
        requests.flag("require_request_object_jti").ifPresent(policy::requireJwtId);
        requests.value("pushed_lifetime", "a time from 5s to 599s", RequestsReader::lifetime)
                .ifPresent(policy::pushedLifetime);
        policy.vetters(vetters(requests));
        requests.done();
        try {
            return policy.build();
        } catch (IllegalArgumentException contradicting) {
            top.fault("authorization_requests", String.valueOf(contradicting.getMessage()));
            return RequestPolicy.standard();
        }
    }

    /** Held to the bounds of the policy. */
    private static Duration lifetime(String text) {
        return RequestPolicy.builder()
                .pushedLifetime(DurationText.parse(text))
                .build()
                .pushedLifetime();
    }

    private static Map<String, String> vetters(Section requests) {
        Map<String, String> vetters = new HashMap<>();
        List<Section> all = requests.sections("vetters");
        for (Section vetter : all) {
            Optional<String> host = vetter.required("host", "the host of request_uris that it vets", text -> text);
            Optional<String> name = vetter.required("name", "what people are told that it is called", text -> text);
            vetter.done();
            if (host.isPresent()
                    && name.isPresent()
                    && vetters.putIfAbsent(host.get().toLowerCase(Locale.ROOT), name.get()) != null) {
                vetter.fault("host", "names one host twice");
            }
        }
        return vetters;
    }
}

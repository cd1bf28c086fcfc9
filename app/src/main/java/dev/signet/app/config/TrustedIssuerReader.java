package dev.signet.app.config;

import dev.signet.authorizationserver.trust.InvalidTrust;
import dev.signet.authorizationserver.trust.KeySources;
import dev.signet.authorizationserver.trust.TrustMetadata;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.jwt.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code trusted_issuers}: whose JWTs count, and for what (RFC 7523 §3, §5). */
final class TrustedIssuerReader {

    private final KeySources keys;
    private final References references;

    TrustedIssuerReader(KeySources keys, References references) {
        this.keys = keys;
        this.references = references;
    }

    TrustedIssuers read(Section top) {
        List<TrustedIssuer> issuers = new ArrayList<>();
        for (Section section : top.sections("trusted_issuers")) {
            issuer(section).ifPresent(issuer -> {
                if (issuers.stream().anyMatch(other -> other.issuer().equals(issuer.issuer()))) {
                    section.fault("issuer", "is trusted above already");
                } else {
                    issuers.add(issuer);
                }
            });
        }
        return TrustedIssuers.of(issuers);
    }

    /** One of them. */
    Optional<TrustedIssuer> issuer(Section section) {
        int faultsBefore = section.faultCount();
        JsonObject metadata = metadata(section);
        if (section.faultCount() > faultsBefore) {
            return Optional.empty();
        }
        try {
            TrustedIssuer trust = TrustedIssuer.fromJson(metadata, keys);
            references.faults(trust).forEach(section::fault);
            return Optional.of(trust);
        } catch (InvalidTrust invalid) {
            invalid.faults().forEach(fault -> section.fault(fault.path(), fault.words()));
        } catch (IllegalArgumentException unfit) {
            BuilderFaults.tell(
                    section,
                    String.valueOf(unfit.getMessage()).replace("the longest lifetime", TrustMetadata.MAXIMUM_LIFETIME),
                    Set.copyOf(TrustMetadata.MEMBERS));
        }
        return Optional.empty();
    }

    /** People write times with a unit, and so do they here; what a program wrote is in seconds. */
    private static JsonObject metadata(Section section) {
        JsonObject written = YamlJson.object(section.entries());
        if (written.find(TrustMetadata.MAXIMUM_LIFETIME)
                .filter(time -> !(time instanceof Long))
                .isEmpty()) {
            return written;
        }
        return section.duration(TrustMetadata.MAXIMUM_LIFETIME)
                .map(time -> written.toBuilder()
                        .put(TrustMetadata.MAXIMUM_LIFETIME, time.toSeconds())
                        .build())
                .orElse(written);
    }
}

package dev.signet.app.config;

import dev.signet.authorizationserver.claims.AuthorityShape;
import dev.signet.authorizationserver.claims.ClaimMapping;
import dev.signet.authorizationserver.claims.ClaimSource;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code claims} of a resource: what its tokens say beside the claims that all have (RFC 9068 §2.2.2, §2.2.3). */
final class ClaimsReader {

    ClaimMapping read(Section resource) {
        Optional<AuthorityShape> chosen = resource.value("authority_shape", "scim or plain", ClaimsReader::shape);
        AuthorityShape shape = chosen.orElse(AuthorityShape.SCIM);
        ClaimMapping.Builder mapping = ClaimMapping.builder().authorityShape(shape);
        Optional<Section> claims = resource.section("claims");
        claims.ifPresent(all -> all.entries()
                .entries()
                .keySet()
                .forEach(name -> all.section(name)
                        .ifPresent(claim -> source(claim)
                                .filter(source -> isFit(claim, name, source, shape))
                                .ifPresent(source -> mapping.claim(name, source)))));
        if (chosen.isPresent()
                && claims.stream()
                        .flatMap(all -> all.entries().entries().keySet().stream())
                        .noneMatch(ClaimMapping::isAuthority)) {
            resource.fault("authority_shape", "there is no claim groups, roles or entitlements that it could shape");
        }
        try {
            return mapping.build();
        } catch (IllegalArgumentException e) {
            resource.fault("claims", words(e));
            return ClaimMapping.none();
        }
    }

    private static AuthorityShape shape(String text) {
        return switch (text) {
            case "scim" -> AuthorityShape.SCIM;
            case "plain" -> AuthorityShape.PLAIN;
            default -> throw new IllegalArgumentException();
        };
    }

    private static Optional<ClaimSource> source(Section claim) {
        Optional<ClaimSource> subject =
                claim.value("subject_attribute", "the name of an attribute", ClaimSource::subjectAttribute);
        Optional<ClaimSource> client =
                claim.value("client_attribute", "the name of an attribute", ClaimSource::clientAttribute);
        Optional<ClaimSource> value = claim.node("value").flatMap(node -> fixed(claim, node));
        claim.done();
        if (Stream.of("subject_attribute", "client_attribute", "value")
                        .filter(claim::has)
                        .count()
                != 1) {
            claim.fault("", "expected one of subject_attribute, client_attribute and value");
        }
        return subject.or(() -> client).or(() -> value);
    }

    private static Optional<ClaimSource> fixed(Section claim, YamlNode node) {
        try {
            return Optional.of(ClaimSource.fixed(YamlJson.value(node)));
        } catch (IllegalArgumentException e) {
            claim.fault("value", String.valueOf(e.getMessage()).replaceFirst("^value ", ""));
            return Optional.empty();
        }
    }

    /** Each claim is tried by itself, so that its fault is told at its line. */
    private static boolean isFit(Section claim, String name, ClaimSource source, AuthorityShape shape) {
        try {
            ClaimMapping.builder().authorityShape(shape).claim(name, source).build();
            return true;
        } catch (IllegalArgumentException e) {
            claim.fault("", words(e).replaceFirst("^claim \\S+ ", ""));
            return false;
        }
    }

    private static String words(IllegalArgumentException e) {
        return String.valueOf(e.getMessage()).replaceFirst("^claims: ", "");
    }
}

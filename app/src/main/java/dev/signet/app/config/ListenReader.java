package dev.signet.app.config;

import dev.signet.app.listener.ListenAddress;
import dev.signet.app.listener.TlsMaterial;
import dev.signet.core.Issuer;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads {@code listen}: where, and whether tokens and secrets could leave the machine unencrypted (RFC 7521 §8.2,
 * RFC 6749 §3.2).
 *
 * <p>Without TLS the address has to be a loopback address. The one way out is named for what it is: {@code
 * allow_plain_http_behind_proxy}, for an https issuer whose TLS ends at a proxy in front.
 */
final class ListenReader {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\." + OCTET + "){3}|::1|\\[::1]");

    /** A name, or an address; digits and dots are an IPv4 address or nothing. */
    private static final Pattern HOST = Pattern.compile(OCTET + "(\\." + OCTET
            + "){3}|(?![0-9.]+$)[A-Za-z0-9._-]{1,253}|\\[?(?=[^:]*:[^:]*:)[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?]?");

    private static final String PLAIN = "allow_plain_http_behind_proxy";

    private final NamedFile files;

    ListenReader(NamedFile files) {
        this.files = files;
    }

    ListenAddress read(Section top, Optional<Issuer> issuer) {
        Optional<Section> section = top.section("listen");
        String host = section.flatMap(
                        listen -> listen.value("host", "the name or address of this machine", ListenReader::host))
                .orElse("127.0.0.1");
        int port = section.flatMap(listen -> listen.integer("port", 0, 65_535)).orElse(8080);
        boolean allowPlain = section.flatMap(listen -> listen.flag(PLAIN)).orElse(false);
        boolean secure = section.isPresent() && section.get().has("tls");
        Optional<TlsMaterial> tls =
                section.flatMap(listen -> listen.section("tls")).flatMap(this::tls);
        check(top, section, new Transport(issuer, host, secure, allowPlain));
        section.ifPresent(Section::done);
        return new ListenAddress(host.replaceFirst("^\\[(.*)]$", "$1"), port, tls);
    }

    private static String host(String text) {
        if (!HOST.matcher(text).matches()) {
            throw new IllegalArgumentException("neither a name nor an address");
        }
        return text;
    }

    /** @param issuer empty when it is at fault itself */
    private record Transport(Optional<Issuer> issuer, String host, boolean tls, boolean allowPlain) {
        boolean httpIssuer() {
            return issuer.filter(known -> known.uri().getScheme().equals("http"))
                    .isPresent();
        }

        boolean loopback() {
            return LOOPBACK.matcher(host).matches();
        }
    }

    private static void check(Section top, Optional<Section> listen, Transport transport) {
        if (transport.tls() && transport.httpIssuer()) {
            top.fault("issuer", "expected an https URL, since listen.tls is set");
        }
        if (transport.tls() && transport.allowPlain()) {
            fault(listen, PLAIN, "contradicts listen.tls: leave one of them out");
        }
        if (transport.tls() || transport.loopback()) {
            return;
        }
        if (transport.httpIssuer()) {
            fault(listen, "host", "expected a loopback address, since the issuer is an http URL of this machine");
        } else if (!transport.allowPlain()) {
            fault(
                    listen,
                    "host",
                    "expected a loopback address or listen.tls: secrets and tokens would travel in the clear "
                            + "(where TLS ends at a proxy in front, say " + PLAIN + ": true)");
        }
    }

    private static void fault(Optional<Section> listen, String key, String expected) {
        listen.ifPresent(section -> section.fault(key, expected));
    }

    private Optional<TlsMaterial> tls(Section section) {
        Optional<List<Certificate>> chain =
                section.required("certificate", "the name of a PEM file", pem(TlsMaterial::certificates));
        Optional<PrivateKey> key = section.required("key", "the name of a PEM file", pem(TlsMaterial::privateKey));
        section.done();
        if (chain.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(TlsMaterial.of(chain.get(), key.get()));
        } catch (IllegalArgumentException e) {
            section.fault("key", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private <T> Function<String, T> pem(Function<String, T> parser) {
        return name -> {
            String pem = files.read(name);
            try {
                return parser.apply(pem);
            } catch (IllegalArgumentException e) {
                throw new RefusedValue(String.valueOf(e.getMessage()));
            }
        };
    }
}

package dev.signet.outbound;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certification authority made for a test, and the TLS set-ups of servers with its certificates and without. */
final class Certificates {
    private static final char[] PASSWORD = "none".toCharArray();

    private final KeyPair authorityKeys = newKeys("EC", 256);
    private final X509Certificate authority = authority();

    /** A server with a valid certificate for the host, a DNS name or an IPv4 address. */
    SSLContext serverFor(String host) {
        return serverFor(host, Instant.now().plus(30, ChronoUnit.DAYS));
    }

    SSLContext serverWithExpired(String host) {
        return serverFor(host, Instant.now().minus(1, ChronoUnit.DAYS));
    }

    /** A server that the certificate names in its subject only. */
    SSLContext serverByCommonName(String host) {
        return serverWith("CN=" + host, new GeneralName[0]);
    }

    /** A server that the certificate names in its subject, and beside that as what a service has (RFC 4985) and as a URI has (RFC 6125). */
    SSLContext serverByServiceAndUri(String host) {
        ASN1EncodableVector service = new ASN1EncodableVector();
        service.add(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.7"));
        service.add(new DERTaggedObject(true, 0, new DERIA5String("_https." + host)));
        return serverWith(
                "CN=" + host,
                new GeneralName(GeneralName.otherName, new DERSequence(service)),
                new GeneralName(GeneralName.uniformResourceIdentifier, "https://" + host + "/"));
    }

    private SSLContext serverWith(String subject, GeneralName... names) {
        KeyPair keys = newKeys("EC", 256);
        Instant notAfter = Instant.now().plus(30, ChronoUnit.DAYS);
        return server(keys, sign(subject, keys, names, notAfter, authorityKeys, "CN=authority", false), authority);
    }

    private SSLContext serverFor(String host, Instant notAfter) {
        return serverFor(host, notAfter, newKeys("EC", 256));
    }

    /** With an RSA key, for old suites. */
    SSLContext rsaServerFor(String host) {
        return serverFor(host, Instant.now().plus(30, ChronoUnit.DAYS), newKeys("RSA", 2048));
    }

    private SSLContext serverFor(String host, Instant notAfter, KeyPair keys) {
        X509Certificate certificate = sign("CN=server", keys, host, notAfter, authorityKeys, "CN=authority", false);
        return server(keys, certificate, authority);
    }

    /** A server whose certificate nobody else vouches for. */
    static SSLContext selfSigned(String host) {
        KeyPair keys = newKeys("EC", 256);
        Instant notAfter = Instant.now().plus(30, ChronoUnit.DAYS);
        return server(keys, sign("CN=server", keys, host, notAfter, keys, "CN=server", false));
    }

    /** A client that trusts this authority alone. */
    SSLContext client() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", authority);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate authority() {
        Instant notAfter = Instant.now().plus(30, ChronoUnit.DAYS);
        return sign("CN=authority", authorityKeys, "", notAfter, authorityKeys, "CN=authority", true);
    }

    private static SSLContext server(KeyPair keys, X509Certificate... chain) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", keys.getPrivate(), PASSWORD, chain);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate sign(
            String subject,
            KeyPair keys,
            String host,
            Instant notAfter,
            KeyPair issuerKeys,
            String issuer,
            boolean isAuthority) {
        if (host.isEmpty()) {
            return sign(subject, keys, new GeneralName[0], notAfter, issuerKeys, issuer, isAuthority);
        }
        int kind = Character.isDigit(host.charAt(0)) ? GeneralName.iPAddress : GeneralName.dNSName;
        GeneralName[] names = {new GeneralName(kind, host)};
        return sign(subject, keys, names, notAfter, issuerKeys, issuer, isAuthority);
    }

    private static X509Certificate sign(
            String subject,
            KeyPair keys,
            GeneralName[] names,
            Instant notAfter,
            KeyPair issuerKeys,
            String issuer,
            boolean isAuthority) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(notAfter.minus(60, ChronoUnit.DAYS)),
                    Date.from(notAfter),
                    new X500Name(subject),
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (names.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            String algorithm =
                    issuerKeys.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder(algorithm).build(issuerKeys.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

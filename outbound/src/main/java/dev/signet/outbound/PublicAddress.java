package dev.signet.outbound;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Says which addresses belong to the public internet. All others are refused: the machine itself, its networks, and the
 * ranges that the IANA special-purpose address registries (RFC 6890) list as not globally reachable, in whatever form
 * IPv6 carries an IPv4 address.
 */
final class PublicAddress {
    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;

    private static final List<Prefix> REFUSED_IPV4 = List.of(
            Prefix.of("00", 8), // this network
            Prefix.of("0a", 8), // private
            Prefix.of("6440", 10), // carrier-grade NAT
            Prefix.of("7f", 8), // loopback
            Prefix.of("a83f8110", 32), // in public space, but on one cloud the host's own service
            Prefix.of("a9fe", 16), // link-local, where clouds serve credentials
            Prefix.of("ac10", 12), // private
            Prefix.of("c00000", 24), // protocol assignments
            Prefix.of("c00002", 24), // documentation
            Prefix.of("c05863", 24), // 6to4 relays
            Prefix.of("c0a8", 16), // private
            Prefix.of("c612", 15), // benchmarking
            Prefix.of("c63364", 24), // documentation
            Prefix.of("cb0071", 24), // documentation
            Prefix.of("e0", 3)); // multicast, reserved, broadcast

    /** The only space that is handed out; loopback, mapped, unique-local, link-local and multicast lie outside. */
    private static final Prefix GLOBAL_UNICAST = Prefix.of("20", 3);

    private static final List<Prefix> REFUSED_IPV6 = List.of(
            Prefix.of("2001", 23), // protocol assignments, Teredo among them
            Prefix.of("20010db8", 32), // documentation
            Prefix.of("2002", 16), // 6to4
            Prefix.of("3fff", 20)); // documentation

    /** NAT64 (RFC 6052): the last 32 bits are the IPv4 address that is reached. */
    private static final Prefix NAT64 = Prefix.of("0064ff9b0000000000000000", 96);

    /** IPv4-mapped addresses reach the IPv4 address; the JDK normally has turned them into one already. */
    private static final Prefix MAPPED = Prefix.of("00000000000000000000ffff", 96);

    private PublicAddress() {}

    static boolean isPublic(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets.length == IPV4_LENGTH ? isPublicIpv4(octets) : isPublicIpv6(octets);
    }

    private static boolean isPublicIpv4(byte[] octets) {
        return REFUSED_IPV4.stream().noneMatch(prefix -> prefix.matches(octets));
    }

    private static boolean isPublicIpv6(byte[] octets) {
        if (NAT64.matches(octets) || MAPPED.matches(octets)) {
            return isPublicIpv4(Arrays.copyOfRange(octets, IPV6_LENGTH - IPV4_LENGTH, IPV6_LENGTH));
        }
        return GLOBAL_UNICAST.matches(octets) && REFUSED_IPV6.stream().noneMatch(prefix -> prefix.matches(octets));
    }

    /** The leading bits of addresses. */
    private record Prefix(BigInteger bits, int length) {

        /** The first bits of the octets that are given in hexadecimal. */
        static Prefix of(String hexadecimal, int length) {
            return new Prefix(leading(new BigInteger(hexadecimal, 16), hexadecimal.length() * 4, length), length);
        }

        boolean matches(byte[] address) {
            return bits.equals(leading(new BigInteger(1, address), address.length * 8, length));
        }

        private static BigInteger leading(BigInteger number, int width, int length) {
            return number.shiftRight(width - length);
        }
    }
}

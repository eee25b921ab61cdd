package io.centurions.platform.secrets;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which model addresses a company may type. Our own processes call them from inside the network, so only public hosts over https
 * are allowed, and those that the installation lists.
 *
 * <p>Between this look and the call whoever owns the name may let it lead near us: the HTTP client resolves
 * it by itself, and takes no address from us unless a flag of the JVM lets it forge {@code Host}. It is TLS
 * that holds then: what the name leads to must prove to be it before it hears anything, which nothing near us
 * can. An address that is listed is trusted with its name.
 */
final class TypedAddresses {

    private static final String LOCALHOST = "localhost";
    private static final String NOT_PUBLIC = "a model address must be a public one";
    // Needs nobody who knows names.
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[.*]");

    private final Set<String> listed = new HashSet<>();

    TypedAddresses(Set<String> allowedHosts, URI... own) {
        allowedHosts.forEach(host -> listed.add(host.toLowerCase(Locale.ROOT)));
        for (URI each : own) {
            listed.add(hostAndPort(each));
        }
    }

    /** Why no process of ours calls it, as far as its text tells; empty: nothing is wrong with that. */
    Optional<String> fault(String typed) {
        return fault(typed, LITERAL.asMatchPredicate());
    }

    /** The same, and where its name leads now. */
    Optional<String> faultNow(String typed) {
        return fault(typed, host -> true);
    }

    private Optional<String> fault(String typed, Predicate<String> isResolved) {
        URI address = parse(typed);
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (address.getHost() == null
                || address.getUserInfo() != null
                || !Set.of("http", "https").contains(scheme)) {
            return Optional.of("a model address must be an http address of a host");
        }
        String host = address.getHost().toLowerCase(Locale.ROOT);
        if (listed.contains(host) || listed.contains(hostAndPort(address))) {
            return Optional.empty();
        }
        if (!scheme.equals("https")) {
            return Optional.of("a model address must be https");
        }
        if (host.equals(LOCALHOST) || host.endsWith("." + LOCALHOST)) {
            return Optional.of(NOT_PUBLIC);
        }
        return isResolved.test(host) ? resolved(host) : Optional.empty();
    }

    private static Optional<String> resolved(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host)).allMatch(TypedAddresses::isPublic)
                    ? Optional.empty()
                    : Optional.of(NOT_PUBLIC);
        } catch (UnknownHostException unknown) {
            return Optional.of("the host of a model address is not known");
        }
    }

    /** False for whatever only machines near us can reach, the metadata of a cloud among them. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        if (address instanceof Inet4Address) {
            boolean carrier = first == 100 && second >= 64 && second < 128;
            boolean protocolOrTest = first == 192 && second == 0 || first == 198 && (second == 18 || second == 19);
            return first != 0 && first < 240 && !carrier && !protocolOrTest;
        }
        // Only global unicast, and none of it that wraps an IPv4 address (6to4, Teredo).
        boolean wraps = first == 0x20 && second == 0x02 || Arrays.equals(bytes, 0, 4, new byte[] {0x20, 1, 0, 0}, 0, 4);
        return (first & 0xE0) == 0x20 && !wraps;
    }

    // What is no address at all has no host either.
    private static URI parse(String typed) {
        try {
            return new URI(typed);
        } catch (URISyntaxException broken) {
            return URI.create("");
        }
    }

    private static String hostAndPort(URI address) {
        int standard = "http".equalsIgnoreCase(address.getScheme()) ? 80 : 443;
        int port = address.getPort() < 0 ? standard : address.getPort();
        return String.valueOf(address.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }
}

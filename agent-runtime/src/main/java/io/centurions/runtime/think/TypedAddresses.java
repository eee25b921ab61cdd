package io.centurions.runtime.think;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which model addresses a company may type. Our own process calls them from inside the network, so only public hosts over https
 * are allowed, and those that the installation lists.
 *
 * <p>Between this look and the call whoever owns the name may let it lead near us: the HTTP client resolves
 * it by itself, and takes no address from us unless a flag of the JVM lets it forge {@code Host}. It is TLS
 * that holds then: what the name leads to must prove to be it before it hears anything, which nothing near us
 * can. An address that is listed is trusted with its name.
 */
final class TypedAddresses {

    private final Set<String> listed = new HashSet<>();

    TypedAddresses(ModelConfig config) {
        config.allowedHosts().orElse(Set.of()).forEach(host -> listed.add(host.toLowerCase(Locale.ROOT)));
        listed.add(hostAndPort(config.openai().baseUrl()));
        listed.add(hostAndPort(config.ollama().baseUrl()));
    }

    /** @throws IllegalArgumentException when this process must not call it */
    void check(String typed) {
        URI address = parse(typed);
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (address.getHost() == null
                || address.getUserInfo() != null
                || !Set.of("http", "https").contains(scheme)) {
            throw new IllegalArgumentException("a model address must be an http address of a host");
        }
        if (listed.contains(address.getHost().toLowerCase(Locale.ROOT)) || listed.contains(hostAndPort(address))) {
            return;
        }
        if (!scheme.equals("https")) {
            throw new IllegalArgumentException("a model address must be https");
        }
        for (InetAddress each : resolve(address.getHost())) {
            if (!isPublic(each)) {
                throw new IllegalArgumentException("a model address must be a public one");
            }
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

    private static InetAddress[] resolve(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("the host of a model address is not known", unknown);
        }
    }

    private static URI parse(String typed) {
        try {
            return new URI(typed);
        } catch (URISyntaxException broken) {
            throw new IllegalArgumentException("a model address must be an address", broken);
        }
    }

    private static String hostAndPort(URI address) {
        int standard = "http".equalsIgnoreCase(address.getScheme()) ? 80 : 443;
        int port = address.getPort() < 0 ? standard : address.getPort();
        return String.valueOf(address.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }
}

package io.revoker.cli.service;

import io.revoker.cli.terminal.CommandFailure;
import io.revoker.net.HostAddresses;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A service and who calls it.
 *
 * @param addresses one or more, in the order in which they are tried
 * @param authority the certificates to trust, if not those of the JVM
 */
record Server(List<URI> addresses, Optional<Login> login, Optional<Path> authority) {

    /** A client of the service with its secret. */
    record Login(String client, String secret) {
        /** HTTP Basic authentication (RFC 7617). */
        String header() {
            return "Basic "
                    + Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        }

        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "Login[client=" + client + "]";
        }
    }

    /** A base address, without the slash at its end. */
    static URI address(String text) {
        try {
            URI address = URI.create(text.strip().replaceFirst("/$", ""));
            boolean web = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            if (web
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Reported below: the message of the parser quotes the address, which may have a password.
        }
        throw CommandFailure.usage("server: malformed (expected: http or https, a host, and no user in it)");
    }

    /** Whether all instances are on this machine. */
    boolean isLocal() {
        return addresses.stream().allMatch(address -> HostAddresses.isLoopback(address.getHost()));
    }

    /** Whether the secret would cross a network that others may read. */
    boolean isExposed() {
        return login.isPresent()
                && addresses.stream()
                        .anyMatch(address -> "http".equalsIgnoreCase(address.getScheme())
                                && !HostAddresses.isLoopback(address.getHost()));
    }
}

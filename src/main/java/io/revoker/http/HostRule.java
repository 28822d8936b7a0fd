package io.revoker.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code Host} a request must name: one, and a readable one (RFC 9112, section 3.2); and on a loopback address where nobody is asked who they are, one
 * of the names of this host. A browser asks any address for a page whose name an attacker lets point there (DNS rebinding), and lets the page read the
 * answers; but it says in {@code Host} what the page is called.
 */
public final class HostRule implements Handler<RoutingContext> {
    public static final String UNREADABLE = "Host: missing, doubled or malformed (expected: one name or address)";

    private static final int LONGEST = 300;
    private static final Pattern AUTHORITY = Pattern.compile(
            "(?:\\[[0-9A-Fa-f:.]++]|(?:[\\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})++)(?::(?<port>[0-9]{0,5}))?");
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern LOOPBACK = Pattern.compile(
            "(?:(?:[\\w-]++\\.)*localhost\\.?|127(?:\\.[0-9]{1,3}){3}|\\[?::1]?)(?::[0-9]{0,5})?",
            Pattern.CASE_INSENSITIVE);

    private final Pattern served;

    private HostRule(Pattern served) {
        this.served = served;
    }

    /** Any host. */
    public static HostRule any() {
        return new HostRule(AUTHORITY);
    }

    /** Those of this host alone if the address to listen on is a loopback one, else any. Blocks while it asks for the address. */
    public static HostRule ofOpen(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress() ? new HostRule(LOOPBACK) : any();
        } catch (UnknownHostException nobodyCanListenThere) {
            return any();
        }
    }

    @Override
    public void handle(RoutingContext request) {
        Optional<String> host = host(request.request());
        if (host.isEmpty()) {
            new ProblemDetails(400, UNREADABLE).send(request);
        } else if (served.matcher(host.get()).matches()) {
            request.next();
        } else {
            new ProblemDetails(
                            421,
                            "Host: another name (expected: localhost or a loopback address; any with clients.file)")
                    .send(request);
        }
    }

    /** What is wrong with a request at which a router itself has thrown 400: it reads nothing else of it. */
    public static String faultBeforeRoutes(HttpServerRequest request) {
        return isReadable(request)
                ? "path: not percent-encoded (expected: two hexadecimal digits behind each %)"
                : UNREADABLE;
    }

    /** Whether the request may be answered as far as its host is concerned. */
    public static boolean isReadable(HttpServerRequest request) {
        return host(request).isPresent();
    }

    /** Empty if it is not readable. HTTP/1.0 need not name one: then it is this one. */
    private static Optional<String> host(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            return Optional.ofNullable(request.authority())
                    .map(Object::toString)
                    .filter(HostRule::isWellFormed);
        }
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        if (hosts.isEmpty() && request.version() == HttpVersion.HTTP_1_0) {
            return Optional.of("localhost");
        }
        return hosts.size() == 1 ? Optional.of(hosts.get(0)).filter(HostRule::isWellFormed) : Optional.empty();
    }

    private static boolean isWellFormed(String host) {
        if (host.length() > LONGEST) {
            return false;
        }
        Matcher authority = AUTHORITY.matcher(host);
        return authority.matches() && isPort(authority.group("port"));
    }

    private static boolean isPort(@Nullable String digits) {
        return digits == null || digits.isEmpty() || Integer.parseInt(digits) <= HIGHEST_PORT;
    }
}

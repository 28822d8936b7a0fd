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
 * Checks the {@code Host} of a request: there must be exactly one, and a well-formed one (RFC 9112, section 3.2). A
 * listener on a loopback address that does not authenticate its callers accepts only the names of this host. Reason:
 * DNS rebinding. An attacker can let the name of a page point to a loopback address; the browser then sends the page's
 * requests there and lets the page read the answers. But it sends the page's name in {@code Host}.
 */
public final class HostRule implements Handler<RoutingContext> {
    public static final String UNREADABLE = "Host: missing, repeated or malformed (expected: one name or address)";

    private static final int LONGEST = 300;

    /** Without percent-encoded characters, with which Vert.x can't parse it. */
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]++]|[\\w.~!$&'()*+,;=-]++)(?::(?<port>[0-9]{0,5}))?");

    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern LOOPBACK = Pattern.compile(
            "(?:(?:[\\w-]++\\.)*localhost\\.?|127(?:\\.[0-9]{1,3}){3}|\\[?::1]?)(?::[0-9]{0,5})?",
            Pattern.CASE_INSENSITIVE);

    /** Most requests name the same. */
    private static volatile String lastWellFormed = "localhost";

    private final Pattern served;

    private HostRule(Pattern served) {
        this.served = served;
    }

    /** Any host. */
    public static HostRule any() {
        return new HostRule(AUTHORITY);
    }

    /**
     * Only names of this host if the address to listen on is a loopback one, else any. Blocks while it resolves the
     * address.
     */
    public static HostRule ofOpen(String address) {
        return isLoopback(address) ? new HostRule(LOOPBACK) : any();
    }

    /** Whether an address to listen on is one of this host only. Blocks while it resolves it. */
    public static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException listeningFails) {
            return false;
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

    /** Why the router itself answered a request with 400, before any route. */
    public static String failureBeforeRoutes(HttpServerRequest request) {
        return isReadable(request)
                ? "path: not percent-encoded (expected: two hexadecimal digits after each %)"
                : UNREADABLE;
    }

    /** Whether the request has a well-formed host. */
    public static boolean isReadable(HttpServerRequest request) {
        return host(request).isPresent();
    }

    /** Empty if it is malformed. HTTP/1.0 does not require one: a missing one counts as this host. */
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
        if (host.equals(lastWellFormed)) {
            return true;
        }
        if (host.length() > LONGEST) {
            return false;
        }
        Matcher authority = AUTHORITY.matcher(host);
        boolean isWellFormed = authority.matches() && isPort(authority.group("port"));
        if (isWellFormed) {
            lastWellFormed = host;
        }
        return isWellFormed;
    }

    private static boolean isPort(@Nullable String digits) {
        return digits == null || digits.isEmpty() || Integer.parseInt(digits) <= HIGHEST_PORT;
    }
}

package io.revoker.gateways;

import io.revoker.testing.Gateway;
import io.revoker.testing.NeedsTools;
import java.util.Map;

/** The gateways that there is a program of. The modules of Apache don't tell what can't be decided from a bad token. */
@NeedsTools
class GatewaysTest extends GatewayContract {
    GatewaysTest() {
        super(Map.of(
                Gateway.Kind.NGINX, Closing.of(503, 2),
                Gateway.Kind.HAPROXY, Closing.of(503, 3),
                Gateway.Kind.CADDY, Closing.of(503, 2),
                Gateway.Kind.VARNISH, Closing.of(503, 2),
                Gateway.Kind.APACHE_OPENIDC, Closing.of(401, 2),
                Gateway.Kind.APACHE_OAUTH2, Closing.of(401, 15)));
    }
}

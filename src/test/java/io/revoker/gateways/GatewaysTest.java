package io.revoker.gateways;

import io.revoker.testing.Gateway;
import io.revoker.testing.NeedsTools;
import java.util.Map;

/** The gateways that there is a program of. The modules of Apache don't tell what can't be decided from a bad token. */
@NeedsTools
class GatewaysTest extends GatewayContract {
    GatewaysTest() {
        super(Map.of(
                Gateway.Kind.NGINX, 503,
                Gateway.Kind.HAPROXY, 503,
                Gateway.Kind.CADDY, 503,
                Gateway.Kind.VARNISH, 503,
                Gateway.Kind.APACHE_OPENIDC, 401,
                Gateway.Kind.APACHE_OAUTH2, 401));
    }
}

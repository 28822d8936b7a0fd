package io.revoker.gateways;

import io.revoker.testing.Gateway;
import java.util.Map;

/** Spring Cloud Gateway 5.0, with a class path of its own. */
class SpringCloudGatewayIT extends GatewayContract {
    SpringCloudGatewayIT() {
        super(Map.of(Gateway.Kind.SPRING_CLOUD_GATEWAY, Closing.of(503, 2)));
    }
}

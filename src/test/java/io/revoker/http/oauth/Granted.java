package io.revoker.http.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RunningService;

/** A pair of joe's, registered with a service that has the client file of the tests. */
record Granted(String access, String refresh) {

    static Granted by(RunningService service) {
        JsonNode grant = service.call("POST", "/v1/tokens")
                .basic(ClientFiles.ISSUER, ClientFiles.SECRET)
                .json("{\"realm_name\":\"" + Api.fresh("realm")
                        + "\",\"username\":\"joe\",\"scope\":\"read write\","
                        + "\"mint\":[\"access_token\",\"refresh_token\"]}")
                .send()
                .json();
        return new Granted(
                grant.required("access_token").textValue(),
                grant.required("refresh_token").textValue());
    }

    String state(RunningService service) {
        return "access=" + ClientFiles.isActive(service, access) + " refresh=" + ClientFiles.isActive(service, refresh);
    }
}

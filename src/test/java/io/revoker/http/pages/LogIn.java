package io.revoker.http.pages;

import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.util.Locale;

/** What a browser sends that has logged in at the console. */
record LogIn(String cookie) {
    static final String PATH = "/console/session";
    static final String MARK = "Revoker-Console";

    static LogIn of(RunningService service, String client) {
        return new LogIn(
                post(service, client, ClientFiles.SECRET).header("Set-Cookie").split(";", 2)[0]);
    }

    static Reply post(RunningService service, String client, String secret) {
        return begin(service, client, secret).send();
    }

    static Call begin(RunningService service, String client, String secret) {
        return service.call("POST", PATH)
                .header(MARK, "1")
                .json(String.format(Locale.ROOT, "{\"client\":\"%s\",\"secret\":\"%s\"}", client, secret));
    }

    /** The value of the cookie. */
    String secret() {
        return cookie.substring(cookie.indexOf('=') + 1);
    }

    Call call(RunningService service, String method, String path) {
        return service.call(method, path).header("Cookie", cookie).header(MARK, "1");
    }

    /** A route that the console calls. */
    Reply get(RunningService service, String path) {
        return call(service, "GET", "/console/api" + path).send();
    }
}

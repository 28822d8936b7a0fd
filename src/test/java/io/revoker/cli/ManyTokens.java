package io.revoker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.RunningService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tokens of one realm, in one call. */
final class ManyTokens {
    private ManyTokens() {}

    /** Has a token made for each of so many users. */
    static void in(RunningService service, String realm, int users) {
        String lines = IntStream.range(0, users)
                .mapToObj(i -> "{\"realm_name\":\"" + realm + "\",\"username\":\"user" + i
                        + "\",\"mint\":[\"access_token\"]}\n")
                .collect(Collectors.joining());
        assertThat(service.call("POST", "/v1/tokens")
                        .header("Content-Type", "application/x-ndjson")
                        .body(lines)
                        .send()
                        .status())
                .isEqualTo(200);
    }
}

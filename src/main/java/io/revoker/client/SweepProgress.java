package io.revoker.client;

import io.revoker.client.internal.JsonFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far the counting of a revocation has come. The tokens are dead from the beginning.
 *
 * @param sweep its name
 * @param state {@code running}; {@code waiting} until there is room for it; {@code ended}, {@code stopped} or
 *     {@code failed}; {@code joined} if a younger one counts for it; or one that a newer service has
 * @param realmName the realm that was revoked, if one was named
 * @param username the user who was revoked, if one was named
 * @param countedBy the younger sweep that counts for one that is joined
 */
public record SweepProgress(
        String sweep,
        String state,
        Optional<String> realmName,
        Optional<String> username,
        Optional<String> countedBy,
        long invalidatedTokens,
        long previouslyInvalidatedTokens,
        long errorCount) {

    static SweepProgress decode(NodeResponse response) throws IOException {
        return of(response.success());
    }

    static List<SweepProgress> decodeAll(NodeResponse response) throws IOException {
        List<SweepProgress> all = new ArrayList<>();
        for (JsonFields sweep : response.success().objects("sweeps")) {
            all.add(of(sweep));
        }
        return List.copyOf(all);
    }

    private static SweepProgress of(JsonFields body) throws IOException {
        Optional<JsonFields> target = body.object("target");
        return new SweepProgress(
                body.requiredText("sweep"),
                body.requiredText("state"),
                target.flatMap(names -> names.text("realm_name")),
                target.flatMap(names -> names.text("username")),
                body.text("counted_by"),
                body.requiredCount("invalidated_tokens"),
                body.requiredCount("previously_invalidated_tokens"),
                body.requiredCount("error_count"));
    }
}

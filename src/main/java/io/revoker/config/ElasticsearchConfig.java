package io.revoker.config;

import java.util.regex.Pattern;

/**
 * How the service identifies itself as an Elasticsearch.
 *
 * @param identity whether answers have the product header and {@code GET /} returns a version
 * @param unknownTokenStatus HTTP status of an invalidation that finds no token
 */
public record ElasticsearchConfig(boolean identity, String version, String clusterName, int unknownTokenStatus) {
    private static final Pattern VERSION = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern NAME = Pattern.compile("[^:\\p{Cntrl}]{1,255}");

    public ElasticsearchConfig {
        new Requirements()
                .matching("version", version, VERSION, "major.minor.patch")
                .matching("cluster-name", clusterName, NAME, "1 to 255 characters, no colon")
                .that(
                        "unknown-token-status",
                        unknownTokenStatus,
                        status -> status == 404 || status == 200,
                        "404 or 200")
                .check();
    }
}

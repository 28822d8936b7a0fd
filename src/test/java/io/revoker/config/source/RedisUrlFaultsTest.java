package io.revoker.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A URL that can't be shown in full: the message says which part of it is wrong, and shows none of its secret. */
class RedisUrlFaultsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost:6379                      | a scheme and ://",
                "s3cret                              | a scheme and ://",
                "http://localhost:6379               | the scheme redis or rediss",
                "redis-sentinels://localhost#mymaster | the scheme redis or rediss",
                "REDIS://localhost                   | the scheme redis or rediss",
                "redis://                            | a host",
                "redis://:s3cret@                    | a host",
                "redis://:6379                       | a host",
                "redis://:s3cret@ho st:6379          | a host",
                "redis://a..b                        | a host",
                "redis://300.1.1.1:6379              | a host",
                "redis://[::1:6379                   | a host",
                "rediss://redis_1:6379               | a host without _, which no certificate has",
                "redis://::1:6379                    | a host",
                "redis-cluster://a:1,,b:2            | a host",
                "redis://a:1,b:2                     | one host",
                "redis://:s3cret@localhost:port      | a port of 1 to 65535",
                "redis://localhost:0                 | a port of 1 to 65535",
                "redis://:s3cret@localhost:65536     | a port of 1 to 65535",
                "redis://localhost:6379999999999     | a port of 1 to 65535",
                "redis-sentinel://a:1,b:99999#main   | a port of 1 to 65535",
                "redis-cluster://:s3cret@a:1,b:x     | a port of 1 to 65535",
                "redis://:s3cret@localhost:6379/zero | a database index of at most 5 digits",
                "redis://localhost/-1                | a database index of at most 5 digits",
                "redis://localhost/123456            | a database index of at most 5 digits",
                "redis-sentinel://a:1/x#main         | a database index of at most 5 digits",
                "redis-cluster://a:1/0               | no database index",
                "redis-sentinel://a:1,b:2            | #primary",
                "redis-sentinel://a:1,b:2/0          | #primary",
                "redis-sentinel://a:1#ma in          | #primary",
                "redis://localhost#main              | nothing after #",
                "redis-cluster://a:1#main            | nothing after #",
                "redis://localhost?db=1              | no query",
                "redis://:s3cret/x@localhost         | user and password percent-encoded",
                "redis://:s3cret@x@localhost         | user and password percent-encoded",
                "redis://:s3cret%@localhost          | user and password percent-encoded",
                "redis://:s3#cret@localhost          | user and password percent-encoded",
                "redis://:s3?cret@localhost          | user and password percent-encoded",
            })
    void namesThePart(String url, String part) {
        assertThat(Loading.faultsOfOptions("--redis.url=" + url))
                .singleElement()
                .asString()
                .contains(" (expected: " + part, ", as in redis://")
                .doesNotContain("s3cret", "s3", "@x");
    }
}

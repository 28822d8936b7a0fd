package io.revoker.config;

/**
 * Which requests are traced.
 *
 * @param sampleRatio of the requests that bring no decision of their own; 0 for none of them, 1 for all
 * @param serviceName that the spans are of
 */
public record TracingConfig(OtlpConfig otlp, double sampleRatio, String serviceName) {
    public TracingConfig {
        new Requirements()
                .within("sample-ratio", sampleRatio, 0.0, 1.0)
                .that(
                        "service-name",
                        serviceName,
                        name -> !name.isBlank() && name.length() <= 255,
                        "1 to 255 characters, not all of them blanks")
                .check();
    }
}

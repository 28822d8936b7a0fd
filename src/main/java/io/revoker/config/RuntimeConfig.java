package io.revoker.config;

/**
 * What is used of the machine.
 *
 * @param instances of each verticle; 0 for one per processor
 */
@SuppressWarnings("JavaLangClash") // named as its section is
public record RuntimeConfig(int instances) {
    public RuntimeConfig {
        new Requirements().within("instances", instances, 0, 1024).check();
    }
}

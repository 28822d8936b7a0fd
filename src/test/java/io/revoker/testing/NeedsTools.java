package io.revoker.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Runs only where the image is built too: it needs gateways, kubectl, promtool, runc, libfaketime, Chromium, zsh or npm's packages, and fails without. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("operations")
public @interface NeedsTools {}

package io.revoker.http.elastic;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs a test once for each row of the contract: its name, an {@link Exchange}, and the status and the body that answer it. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@MethodSource({
    "io.revoker.http.elastic.BodyRows#bodies",
    "io.revoker.http.elastic.UnreadableRows#unreadable",
    "io.revoker.http.elastic.TokenRows#twoTokens",
    "io.revoker.http.elastic.TokenRows#validation",
    "io.revoker.http.elastic.ParameterRows#parameters",
    "io.revoker.http.elastic.ContentTypeRows#contentTypes"
})
@interface EveryContractRow {}

package io.revoker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** Who may use whom; each rule is a sentence of the design. */
class ArchitectureTest {
    private static final String US = "io.revoker..";
    private static final String VERTX = "io.vertx..";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.revoker");
    private static final JavaClasses ALL = new ClassFileImporter().importPackages("io.revoker");

    @Test
    void theDomainKnowsTheJdkAndFuturesOnly() {
        check(classes()
                .that()
                .resideInAPackage("io.revoker.domain..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "java..",
                                "io.revoker.domain..",
                                "org.jspecify.annotations",
                                "com.google.errorprone.annotations")
                        .or(type(Future.class))));
    }

    @Test
    void theConfigurationKnowsNoVertx() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.config..")
                .should()
                .dependOnClassesThat(resideInAPackage(VERTX)));
    }

    @Test
    void theConfigurationKnowsNoneOfTheFloorsThatItDescribes() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.config..")
                .should()
                .dependOnClassesThat(resideInAPackage(US).and(not(resideInAPackage("io.revoker.config..")))));
    }

    @Test
    void onlyTheStoreSaysRedis() {
        check(noClasses()
                .that(not(resideInAPackage("io.revoker.redis..")).and(not(isWiring())))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.vertx.redis..", "io.revoker.redis..")));
    }

    @Test
    void theEmbeddedServerIsAProgramAndNothingMore() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.embedded")
                .should()
                .dependOnClassesThat(resideInAPackage(VERTX)
                        .or(resideInAPackage(US).and(not(resideInAPackage("io.revoker.embedded"))))));
        check(noClasses()
                .that(not(resideInAPackage("io.revoker.embedded")))
                .should()
                .dependOnClassesThat(resideInAPackage("redis.embedded..")));
    }

    @Test
    void connectionsKnowNoKeysAndKeysNoConnections() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.redis.link")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.revoker.redis..").and(not(resideInAPackage("io.revoker.redis.link")))));
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.redis.keys")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.revoker.redis..").and(not(resideInAPackage("io.revoker.redis.keys")))));
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("io.revoker.(**)").should().beFreeOfCycles().check(MAIN);
    }

    /** So a reader can begin with any of them and comes to an end. */
    @Test
    void filesFormNoCircle() {
        slices().assignedFrom(new ByFile()).should().beFreeOfCycles().check(MAIN);
    }

    /** In the packages where it is so. */
    private static final class ByFile implements SliceAssignment {
        private static final DescribedPredicate<JavaClass> LOOKED_AT = resideInAnyPackage(
                "io.revoker.config..",
                "io.revoker.http.*..",
                "io.revoker.bus",
                "io.revoker.cli",
                "io.revoker.embedded",
                "io.revoker.redis.keys",
                "io.revoker.redis.log",
                "io.revoker.trace",
                "io.revoker.watch",
                "io.revoker.wiring");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return LOOKED_AT.test(type)
                    ? SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "files";
        }
    }

    @Test
    void eachGroupOfRoutesStandsAlone() {
        slices().matching("io.revoker.http.(*)..")
                .should()
                .notDependOnEachOther()
                .check(MAIN);
    }

    @Test
    void theWatchKnowsFilesAndNothingOfOurs() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.watch")
                .should()
                .dependOnClassesThat(resideInAPackage(US).and(not(resideInAPackage("io.revoker.watch")))));
    }

    @Test
    void theStoreKnowsTheDomainOnly() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.redis..")
                .should()
                .dependOnClassesThat(resideInAPackage(US)
                        .and(not(resideInAnyPackage("io.revoker.redis..", "io.revoker.domain..")))));
    }

    @Test
    void theWorkAndTheFeedKnowTheDomainAndTheBusOnly() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.revoker.revocation", "io.revoker.feed")
                .should()
                .dependOnClassesThat(resideInAPackage(US)
                        .and(not(resideInAnyPackage(
                                "io.revoker.revocation",
                                "io.revoker.feed",
                                "io.revoker.domain..",
                                "io.revoker.bus")))));
    }

    @Test
    void theWorkAndTheFeedDoNotKnowEachOther() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.revocation")
                .should()
                .dependOnClassesThat(resideInAPackage("io.revoker.feed")));
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.feed")
                .should()
                .dependOnClassesThat(resideInAPackage("io.revoker.revocation")));
    }

    @Test
    void tracesKnowTheConfigurationOnlyAndOnlyTheEdgeKnowsThem() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.trace")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(US).and(not(resideInAnyPackage("io.revoker.trace", "io.revoker.config..")))));
        check(noClasses()
                .that(not(resideInAnyPackage("io.revoker.trace", "io.revoker.http.."))
                        .and(not(isWiring())))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.revoker.trace", "io.opentelemetry..")));
    }

    @Test
    void theBusKnowsTheDomainOnly() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.bus")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(US).and(not(resideInAnyPackage("io.revoker.bus", "io.revoker.domain..")))));
    }

    @Test
    void theEdgeReachesTheWorkOverTheBusOnly() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.http..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.revoker.revocation..", "io.revoker.redis..", "io.revoker.feed..")));
    }

    @Test
    void onlyTheEdgeSaysHttp() {
        check(noClasses()
                .that(not(resideInAPackage("io.revoker.http..")).and(not(isWiring())))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext.web..")));
    }

    @Test
    void theClientStandsAlone() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.client..")
                .should()
                .dependOnClassesThat(resideInAPackage(VERTX)
                        .or(resideInAPackage(US).and(not(resideInAPackage("io.revoker.client.."))))));
    }

    @Test
    void nothingFlowsBackToTheWiring() {
        check(noClasses().that(not(isWiring())).should().dependOnClassesThat(isWiring()));
    }

    @Test
    void jsonObjectsAreNowhere() {
        check(noClasses()
                .that(not(resideInAPackage("io.revoker.http..")))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(JsonObject.class, JsonArray.class));
    }

    @Test
    void nothingBlocksOutsideOfStartAndShutdown() {
        check(noClasses().that(not(mayBlock())).should().callMethodWhere(blocks()));
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethodWhere(
                        target("java.lang.Thread", "sleep").or(target("java.util.concurrent.TimeUnit", "sleep")))
                .check(ALL);
    }

    @Test
    void noTestIsSkipped() {
        methods().should().notBeAnnotatedWith(Disabled.class).check(ALL);
        classes().should().notBeAnnotatedWith(Disabled.class).check(ALL);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.junit.jupiter.api.Assumptions")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.assertj.core.api.Assumptions")
                .check(ALL);
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }

    /** The classes at the top, which put everything together. */
    private static DescribedPredicate<JavaClass> isWiring() {
        return resideInAnyPackage("io.revoker", "io.revoker.wiring").as("the wiring");
    }

    private static DescribedPredicate<JavaClass> mayBlock() {
        return resideInAnyPackage("io.revoker.cli..", "io.revoker.client..", "io.revoker.embedded")
                .or(type(Launch.class));
    }

    private static DescribedPredicate<JavaMethodCall> blocks() {
        return target("java.util.concurrent.Future", "get")
                .or(target("java.util.concurrent.CompletableFuture", "join"))
                .or(target("java.util.concurrent.CompletableFuture", "get"))
                .or(target("io.vertx.core.Future", "await"))
                .or(target("java.util.concurrent.CountDownLatch", "await"))
                .or(target("java.util.concurrent.BlockingQueue", "take"))
                .or(target("java.util.concurrent.Semaphore", "acquire"))
                .or(target("java.util.concurrent.locks.LockSupport", "parkNanos"))
                .or(target("java.lang.Thread", "join"))
                .or(target("java.lang.Object", "wait"))
                .or(target("java.lang.Process", "waitFor"));
    }

    private static DescribedPredicate<JavaMethodCall> target(String owner, String method) {
        return DescribedPredicate.describe(
                owner + "." + method,
                call -> call.getTarget().getName().equals(method)
                        && call.getTargetOwner().isAssignableTo(owner));
    }
}

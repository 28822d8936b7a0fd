package io.revoker;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.revoker.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which packages may use which; each rule is a sentence of the design. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final String US = "io.revoker..";
    private static final String VERTX = "io.vertx..";
    private static final Set<String> TIMES = Set.of("long", "java.time.Duration");
    private static final Set<String> FILES = Set.of(
            "java.nio.file.Files",
            "java.nio.channels.FileChannel",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile",
            "java.io.File");

    /** Of the instance, because they take hundreds of megabytes, which the tests after these need. */
    private final JavaClasses all = new ClassFileImporter().importPackages("io.revoker");

    private final JavaClasses main =
            new ClassFileImporter().withImportOption(ArchitectureTest::isNoTest).importPackages("io.revoker");

    /** ArchUnit's own option knows the place of the usual build only, not that of the profile quick. */
    private static boolean isNoTest(Location location) {
        return !location.contains("/test-classes/");
    }

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
        slices().matching("io.revoker.(**)").should().beFreeOfCycles().check(main);
    }

    /** So a reader can begin with any of them and comes to an end. */
    @Test
    void filesFormNoCircle() {
        slices().assignedFrom(new ByFile()).should().beFreeOfCycles().check(main);
    }

    /** Files that know each other count as one. There should be no more of these than there are. */
    private static final class ByFile implements SliceAssignment {
        private static final List<List<String>> TOGETHER = List.of(
                List.of("caller.Callers", "caller.ClientCallers"),
                List.of("client.NodeResponse", "client.RevokerStatusException"),
                List.of("client.RevokerClient", "client.RevokerClientBuilder"),
                List.of("client.view.RevocationView", "client.view.RevocationViewBuilder"),
                List.of("client.view.TokenKey", "client.view.TokenKeyBuilder"),
                List.of("domain.Name", "domain.RealmId", "domain.UserName"),
                List.of("domain.store.MarkStore", "domain.store.MarkId", "domain.store.LockStore"),
                List.of("feed.FeedVerticle", "feed.LogTail", "feed.Reassertion"),
                List.of("http.DirectRoute", "http.Exchange"),
                List.of("jwt.RealmVerifier", "jwt.Notices", "jwt.GitHubReports"),
                List.of("jwt.keys.KeySource", "jwt.keys.KeyPlace", "jwt.keys.KeyFile", "jwt.keys.WebKeys"),
                List.of("redis.RedisBackend", "redis.Connections"),
                List.of("redis.index.RealmsOfUsers", "redis.index.RealmsOfUsersBuild", "redis.index.TargetScan"),
                List.of("redis.tokens.PairLookup", "redis.tokens.PairRotation"),
                List.of("redis.tokens.TokenRecord", "redis.tokens.RecordBytes", "redis.tokens.RecordDifferences"),
                List.of("revocation.RevocationVerticle", "revocation.Revocations", "revocation.StoreRequests"),
                List.of("revocation.Sweeps", "revocation.SweepAnswers"));

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String file = type.getName().replaceFirst("\\$.*", "");
            return SliceIdentifier.of(TOGETHER.stream()
                    .filter(files -> files.stream().anyMatch(one -> file.equals("io.revoker." + one)))
                    .map(files -> files.get(0))
                    .findFirst()
                    .orElse(file));
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
                .ignoreDependency(alwaysTrue(), resideInAPackage("io.revoker.http.single"))
                .ignoreDependency(alwaysTrue(), resideInAPackage("io.revoker.http.request"))
                .check(main);
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
    void addressesKnowNothingOfOurs() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.net")
                .should()
                .dependOnClassesThat(resideInAPackage(US).and(not(resideInAPackage("io.revoker.net")))));
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
                .resideInAnyPackage("io.revoker.revocation..", "io.revoker.feed")
                .should()
                .dependOnClassesThat(resideInAPackage(US)
                        .and(not(resideInAnyPackage(
                                "io.revoker.revocation..",
                                "io.revoker.feed",
                                "io.revoker.domain..",
                                "io.revoker.bus..")))));
    }

    @Test
    void theAuditTrailKnowsTheDomainOnlyAndOnlyTheWiringKnowsIt() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.audit..")
                .should()
                .dependOnClassesThat(resideInAPackage(US)
                        .and(not(resideInAnyPackage("io.revoker.audit..", "io.revoker.domain..")))));
        check(noClasses()
                .that(not(resideInAPackage("io.revoker.audit..")).and(not(isWiring())))
                .should()
                .dependOnClassesThat(resideInAPackage("io.revoker.audit")));
    }

    @Test
    void theWorkAndTheFeedDoNotKnowEachOther() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.revocation..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.revoker.feed")));
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.feed")
                .should()
                .dependOnClassesThat(resideInAPackage("io.revoker.revocation..")));
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
                .resideInAPackage("io.revoker.bus..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(US).and(not(resideInAnyPackage("io.revoker.bus..", "io.revoker.domain..")))));
    }

    @Test
    void receiptsAndTheCanaryKnowTheDomainAndTheBusOnly() {
        for (String one : List.of("io.revoker.receipts", "io.revoker.canary")) {
            check(noClasses()
                    .that()
                    .resideInAPackage(one)
                    .should()
                    .dependOnClassesThat(resideInAPackage(US)
                            .and(not(resideInAnyPackage(one, "io.revoker.domain..", "io.revoker.bus..")))));
        }
    }

    @Test
    void answersFromMemoryKnowTheDomainAndTheBusOnly() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.near")
                .should()
                .dependOnClassesThat(resideInAPackage(US)
                        .and(not(resideInAnyPackage("io.revoker.near", "io.revoker.domain..", "io.revoker.bus..")))));
        check(noClasses()
                .that(not(resideInAPackage("io.revoker.near")).and(not(isWiring())))
                .should()
                .dependOnClassesThat(resideInAPackage("io.revoker.near")));
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
    void theVerificationOfJwtsKnowsNeitherTheEdgeNorTheStore() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.jwt..")
                .should()
                .dependOnClassesThat(resideInAPackage(US)
                        .and(not(resideInAnyPackage(
                                "io.revoker.jwt..",
                                "io.revoker.domain..",
                                "io.revoker.config",
                                "io.revoker.config.values",
                                "io.revoker.net",
                                "io.revoker.caller")))));
        check(noClasses()
                .that(not(resideInAPackage("io.revoker.jwt..")).and(not(isWiring())))
                .should()
                .dependOnClassesThat(resideInAPackage("io.revoker.jwt..")));
        check(noClasses()
                .that(not(resideInAnyPackage("io.revoker.jwt..", "io.revoker.signing", "io.revoker.cli.audit")))
                .should()
                .dependOnClassesThat(resideInAPackage("com.nimbusds..")));
    }

    @Test
    void theSigningKnowsTheDomainOnlyAndOnlyTheEdgeKnowsIt() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.signing")
                .should()
                .dependOnClassesThat(resideInAPackage(US)
                        .and(not(resideInAnyPackage("io.revoker.signing", "io.revoker.domain..")))));
        check(noClasses()
                .that(not(resideInAnyPackage("io.revoker.signing", "io.revoker.http.."))
                        .and(not(isWiring())))
                .should()
                .dependOnClassesThat(resideInAPackage("io.revoker.signing")));
    }

    @Test
    void onlyTheToolsOfAssistantsKnowTheirProtocol() {
        check(noClasses()
                .that(not(resideInAPackage("io.revoker.cli.mcp")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.modelcontextprotocol..", "reactor..")));
    }

    /** Without a cluster its library need not be there. */
    @Test
    void onlyTheClusterKnowsItsManager() {
        check(noClasses()
                .that(not(resideInAPackage("io.revoker.cluster")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster.hazelcast..")));
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.cluster")
                .should()
                .dependOnClassesThat(resideInAPackage(US)
                        .and(not(resideInAnyPackage(
                                "io.revoker.cluster",
                                "io.revoker.domain",
                                "io.revoker.config",
                                "io.revoker.config.values")))));
    }

    @Test
    void theBridgeReachesTheWorkAsTheEdgeDoes() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.bridge")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.revoker.revocation..", "io.revoker.redis..", "io.revoker.feed..")));
        check(noClasses()
                .that(not(resideInAPackage("io.revoker.bridge")).and(not(isWiring())))
                .should()
                .dependOnClassesThat(resideInAPackage("io.revoker.bridge")));
    }

    /** Keys are fetched by HTTP. */
    @Test
    void onlyTheEdgeSaysHttp() {
        check(noClasses()
                .that(not(resideInAnyPackage("io.revoker.http..", "io.revoker.jwt.keys", "io.revoker.vertx"))
                        .and(not(isWiring())))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext.web..")));
    }

    @Test
    void theClientStandsAlone() {
        check(classes()
                .that()
                .resideInAPackage("io.revoker.client..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javax.net.ssl",
                        "io.revoker.client..",
                        "com.fasterxml.jackson.jr..",
                        "org.jspecify.annotations")));
    }

    /** Applications have it beside the client, without the service. */
    @Test
    void theClientInVertxKnowsTheClientOnly() {
        check(classes()
                .that()
                .resideInAPackage("io.revoker.vertx")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "io.revoker.vertx",
                        "io.revoker.client.live",
                        "io.revoker.client.view",
                        "io.vertx.core..",
                        "org.jspecify.annotations")));
        check(noClasses()
                .that(not(resideInAPackage("io.revoker.vertx")))
                .should()
                .dependOnClassesThat(resideInAPackage("io.revoker.vertx")));
    }

    @Test
    void onlyTheCommandsKnowPicocli() {
        check(noClasses()
                .that(not(resideInAPackage("io.revoker.cli..")))
                .should()
                .dependOnClassesThat(resideInAPackage("picocli..")));
    }

    /** What they may do is up to their credentials. */
    @Test
    void theCommandsReachAServiceLikeAnyOtherCaller() {
        check(noClasses()
                .that()
                .resideInAPackage("io.revoker.cli..")
                .should()
                .dependOnClassesThat(resideInAPackage(US)
                        .and(not(resideInAnyPackage(
                                "io.revoker.cli..",
                                "io.revoker.config..",
                                "io.revoker.caller",
                                "io.revoker.net",
                                "io.revoker.audit.chain",
                                "io.revoker.domain.audit",
                                "io.revoker.domain.jwt")))));
    }

    @Test
    void nothingFlowsBackToTheWiring() {
        check(noClasses().that(not(isWiring())).should().dependOnClassesThat(isWiring()));
    }

    @Test
    void jsonObjectsAreNowhere() {
        check(noClasses().should().dependOnClassesThat().belongToAnyOf(JsonObject.class, JsonArray.class));
    }

    @Test
    void nothingBlocksOutsideOfStartAndShutdown() {
        check(noClasses().that(not(mayBlock())).should().callMethodWhere(blocks()));
    }

    /** They are read at the start, or by a worker thread. */
    @Test
    void filesAreReadWhereNoEventLoopComes() {
        check(noClasses().that(not(readsFiles())).should().callCodeUnitWhere(touchesFiles()));
    }

    @Test
    void nobodySleeps() {
        noClasses().that(not(maySleep())).should().callMethodWhere(sleeps()).check(all);
    }

    /** Tests are in the package of what they test. */
    @Test
    void nothingIsPublicForTestsOnly() {
        check(classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .and(not(resideInAnyPackage(
                        "io.revoker",
                        "io.revoker.bus..",
                        "io.revoker.client",
                        "io.revoker.client.live",
                        "io.revoker.client.view",
                        "io.revoker.vertx")))
                .should(beUsedByAnotherPackage()));
    }

    private static ArchCondition<JavaClass> beUsedByAnotherPackage() {
        return ArchCondition.from(DescribedPredicate.describe(
                "be used by another package",
                type -> type.getDirectDependenciesToSelf().stream()
                        .anyMatch(use -> !use.getOriginClass().getPackage().equals(type.getPackage()))));
    }

    @Test
    void noTestIsSkipped() {
        methods().should().notBeAnnotatedWith(Disabled.class).check(all);
        classes().should().notBeAnnotatedWith(Disabled.class).check(all);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.junit.jupiter.api.Assumptions")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.assertj.core.api.Assumptions")
                .check(all);
    }

    private void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(main);
    }

    /** The classes at the top, which put everything together. */
    private static DescribedPredicate<JavaClass> isWiring() {
        return resideInAnyPackage("io.revoker", "io.revoker.wiring..").as("the wiring");
    }

    private static DescribedPredicate<JavaClass> mayBlock() {
        return resideInAnyPackage("io.revoker.cli..", "io.revoker.client..", "io.revoker.embedded")
                .or(type(Launch.class));
    }

    private static DescribedPredicate<JavaClass> readsFiles() {
        return resideInAnyPackage(
                        "io.revoker.config.source",
                        "io.revoker.cli..",
                        "io.revoker.embedded",
                        "io.revoker.client..",
                        "io.revoker.watch")
                .or(
                        nameMatching(
                                "io\\.revoker\\.(audit\\.LineFile|caller\\.StrictDocument|jwt\\.keys\\.Key(File|Store)|signing\\.(Encryption|Signing)Keys|wiring\\.(PemFile|ServerCertificate|SettingsSource))"));
    }

    private static DescribedPredicate<JavaCall<?>> touchesFiles() {
        return DescribedPredicate.describe(
                "touches a file", call -> FILES.contains(call.getTargetOwner().getName()));
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

    /**
     * Tests wait for something, with {@link Waiting}. The others are: callers that leave time between their requests, deaths at a random moment, an event loop
     * that is held up, and the start and the stop of processes.
     */
    private static DescribedPredicate<JavaClass> maySleep() {
        return resideInAPackage("io.revoker.embedded")
                .or(nameMatching("io\\.revoker\\.faults\\.(Caller|HttpDoor|Soak|SoakCaller|Timeline)"))
                .or(type(Waiting.class))
                .or(type(Launch.class))
                .or(type(Ledger.class))
                .or(type(RestartIT.class))
                .or(type(SweepDeathIT.class))
                .or(type(SlowClientsTest.class))
                .or(type(HealthMetricsTest.class));
    }

    /** A wait with a time-out sleeps too, if its result is not looked at. */
    private static DescribedPredicate<JavaMethodCall> sleeps() {
        return target("java.lang.Thread", "sleep")
                .or(target("java.util.concurrent.TimeUnit", "sleep"))
                .or(target("java.util.concurrent.locks.LockSupport", "parkNanos"))
                .or(target("java.util.concurrent.locks.LockSupport", "parkUntil"))
                .or(target("java.lang.Object", "wait"))
                .or(timed("java.lang.Thread", "join"))
                .or(timed("java.lang.Process", "waitFor"))
                .or(timed("java.util.concurrent.Future", "get"))
                .or(timed("java.util.concurrent.CountDownLatch", "await"))
                .or(timed("java.util.concurrent.CyclicBarrier", "await"))
                .or(timed("java.util.concurrent.locks.Condition", "await"))
                .or(target("java.util.concurrent.locks.Condition", "awaitNanos"))
                .or(target("java.util.concurrent.locks.Condition", "awaitUntil"))
                .or(timed("java.util.concurrent.locks.Lock", "tryLock"))
                .or(timed("java.util.concurrent.BlockingQueue", "offer"))
                .or(timed("java.util.concurrent.BlockingQueue", "poll"))
                .or(timed("java.util.concurrent.Semaphore", "tryAcquire"))
                .or(timed("java.util.concurrent.ExecutorService", "awaitTermination"))
                .or(timed("io.vertx.core.Future", "await"));
    }

    private static DescribedPredicate<JavaMethodCall> timed(String owner, String method) {
        return target(owner, method)
                .and(DescribedPredicate.describe(
                        "with a time-out",
                        call -> call.getTarget().getRawParameterTypes().stream()
                                .anyMatch(type -> TIMES.contains(type.getName()))));
    }

    private static DescribedPredicate<JavaMethodCall> target(String owner, String method) {
        return DescribedPredicate.describe(
                owner + "." + method,
                call -> call.getTarget().getName().equals(method)
                        && call.getTargetOwner().isAssignableTo(owner));
    }
}

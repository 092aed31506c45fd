package dev.stackwright;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The house of docs/architecture.md: arrows point down, the cellar is pure, the door is one. */
class HouseTest {

    private static final String[] CELLAR = {
        "..stackwright.kernel..",
        "..stackwright.graph..",
        "..stackwright.catalog..",
        "..stackwright.template..",
        "..stackwright.plan..",
        "..metering.sample..",
        "..metering.rollup..",
        "..metering.packed..",
        "..rating.hashmap..",
        "..execution.walk..",
        "..operations.doctor..",
        "..web.chart.."
    };

    private static final String APPLICATION =
            StackwrightApplication.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString();

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .importUrl(
                            StackwrightApplication.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation());

    @Test
    void roomsUseOnlyTheRoomsThatTheySayTheyUse() {
        ApplicationModules.of(
                        StackwrightApplication.class, location -> location.contains(APPLICATION))
                .verify();
    }

    @Test
    void theCellarKnowsNeitherSpringNorSqlNorTheNetworkNorAClock() {
        noClasses()
                .that(resideInAnyPackage(CELLAR))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                        "org.springframework..",
                                        "java.sql..",
                                        "javax.sql..",
                                        "java.net.http..",
                                        "org.slf4j..",
                                        "org.openstack4j..")
                                .and(not(resideInAnyPackage("org.springframework.modulith.."))))
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void onlyCloudHasHeardOfOpenStack4j() {
        noClasses()
                .that(not(resideInAnyPackage("..stackwright.cloud..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.openstack4j.."))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void onlyStoresTalkToTheDatabase() {
        noClasses()
                .that(not(resideInAnyPackage("..store..")))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.springframework.jdbc.core..", "java.sql.."))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void onlyPagesAndApiKnowServlets() {
        noClasses()
                .that(not(resideInAnyPackage("..stackwright.web..", "..stackwright.api..")))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("jakarta.servlet..", "org.springframework.web.."))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void nobodyAsksTheSystemForTheTime() {
        noClasses()
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .orShould()
                .callMethod(java.time.ZonedDateTime.class, "now")
                .because("the time comes from an injected Clock")
                .allowEmptyShould(true)
                .check(HOUSE);
    }
}

package dev.loganalyze;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of docs/architecture.md. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.loganalyze");

  @Test
  void theClassesAreThere() {
    assertTrue(CLASSES.size() > 100);
  }

  @Test
  void dataGoesOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("bytes")
        .definedBy("dev.loganalyze.bytes..")
        .layer("threads")
        .definedBy("dev.loganalyze.threads..")
        .layer("fault")
        .definedBy("dev.loganalyze.fault..")
        .layer("input")
        .definedBy("dev.loganalyze.input..")
        .layer("stamp")
        .definedBy("dev.loganalyze.stamp..")
        .layer("journal")
        .definedBy("dev.loganalyze.journal..")
        .layer("transcript")
        .definedBy("dev.loganalyze.transcript..")
        .layer("terminal")
        .definedBy("dev.loganalyze.terminal..")
        .layer("parse")
        .definedBy("dev.loganalyze.parse..")
        .layer("resource")
        .definedBy("dev.loganalyze.resource..")
        .layer("pattern")
        .definedBy("dev.loganalyze.pattern..")
        .layer("boot")
        .definedBy("dev.loganalyze.boot..")
        .layer("timing")
        .definedBy("dev.loganalyze.timing..")
        .layer("crash")
        .definedBy("dev.loganalyze.crash..")
        .layer("session")
        .definedBy("dev.loganalyze.session..")
        .layer("harness")
        .definedBy("dev.loganalyze.harness..")
        .layer("rules")
        .definedBy("dev.loganalyze.rules..")
        .layer("excerpt")
        .definedBy("dev.loganalyze.excerpt..")
        .layer("diagnosis")
        .definedBy("dev.loganalyze.diagnosis..")
        .layer("history")
        .definedBy("dev.loganalyze.history..")
        .layer("runner")
        .definedBy("dev.loganalyze.runner..")
        .layer("report")
        .definedBy("dev.loganalyze.report..")
        .layer("cli")
        .definedBy("dev.loganalyze.cli..")
        // Only the profile spark builds it.
        .optionalLayer("fleet")
        .definedBy("dev.loganalyze.fleet..")
        .whereLayer("input")
        .mayOnlyBeAccessedByLayers("excerpt", "diagnosis", "cli", "fleet")
        .whereLayer("stamp")
        .mayOnlyBeAccessedByLayers("transcript", "parse")
        .whereLayer("bytes")
        .mayOnlyBeAccessedByLayers(
            "journal",
            "transcript",
            "terminal",
            "parse",
            "boot",
            "session",
            "harness",
            "rules",
            "runner",
            "pattern",
            "excerpt")
        .whereLayer("bytes")
        .mayNotAccessAnyLayer()
        .whereLayer("threads")
        .mayOnlyBeAccessedByLayers("journal", "excerpt", "diagnosis", "cli")
        .whereLayer("threads")
        .mayNotAccessAnyLayer()
        .whereLayer("fault")
        .mayOnlyBeAccessedByLayers("input", "rules", "diagnosis", "runner", "cli")
        .whereLayer("fault")
        .mayNotAccessAnyLayer()
        .whereLayer("journal")
        .mayOnlyBeAccessedByLayers("transcript", "parse", "boot", "excerpt", "diagnosis", "cli")
        .whereLayer("transcript")
        .mayOnlyBeAccessedByLayers("parse", "harness", "rules", "excerpt", "diagnosis", "runner")
        .whereLayer("terminal")
        .mayOnlyBeAccessedByLayers("parse", "boot", "session", "harness", "excerpt")
        .whereLayer("parse")
        .mayOnlyBeAccessedByLayers(
            "boot",
            "session",
            "timing",
            "crash",
            "harness",
            "rules",
            "excerpt",
            "diagnosis",
            "runner",
            "report",
            "cli")
        .whereLayer("resource")
        .mayOnlyBeAccessedByLayers(
            "stamp",
            "transcript",
            "parse",
            "pattern",
            "boot",
            "session",
            "timing",
            "crash",
            "harness",
            "rules",
            "report",
            "cli")
        .whereLayer("pattern")
        .mayOnlyBeAccessedByLayers(
            "transcript",
            "boot",
            "session",
            "timing",
            "crash",
            "harness",
            "rules",
            "excerpt",
            "diagnosis",
            "runner",
            "cli")
        .whereLayer("boot")
        .mayOnlyBeAccessedByLayers(
            "session", "timing", "rules", "excerpt", "diagnosis", "history", "report")
        .whereLayer("session")
        .mayOnlyBeAccessedByLayers("harness", "rules", "excerpt", "diagnosis", "report", "cli")
        .whereLayer("timing")
        .mayOnlyBeAccessedByLayers("harness", "diagnosis", "history", "report", "cli")
        .whereLayer("harness")
        .mayOnlyBeAccessedByLayers("excerpt", "diagnosis", "report")
        .whereLayer("crash")
        .mayOnlyBeAccessedByLayers("rules", "excerpt", "diagnosis", "report")
        .whereLayer("rules")
        .mayOnlyBeAccessedByLayers("excerpt", "diagnosis", "history", "report", "cli", "fleet")
        .whereLayer("excerpt")
        .mayOnlyBeAccessedByLayers("diagnosis")
        .whereLayer("diagnosis")
        .mayOnlyBeAccessedByLayers("history", "report", "cli", "fleet")
        .whereLayer("history")
        .mayOnlyBeAccessedByLayers("report", "cli")
        .whereLayer("runner")
        .mayOnlyBeAccessedByLayers("report", "cli")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("cli", "fleet")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("fleet")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void noTwoRoomsNeedEachOther() {
    slices().matching("dev.loganalyze.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void generatedCodeStaysBehindParse() {
    noClasses()
        .that(resideInAPackage("dev.loganalyze..").and(not("dev.loganalyze.parse..")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.loganalyze.parse.grammar..", "org.antlr..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineKnowsAProcessAndOnlyItReadsTheClock() {
    noClasses()
        .that(
            resideInAPackage("dev.loganalyze..")
                .and(not("dev.loganalyze.cli.."))
                .and(not("dev.loganalyze.fleet..")))
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .check(CLASSES);
  }

  private static com.tngtech.archunit.base.DescribedPredicate<
          com.tngtech.archunit.core.domain.JavaClass>
      not(String room) {
    return com.tngtech.archunit.base.DescribedPredicate.not(resideInAPackage(room));
  }

  /** Rules are data: whoever adds one writes no Java, and no Java knows one of them. */
  @Test
  void noRuleIdStandsInJava() throws IOException {
    Set<String> ids = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/resources/rules"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        ids.add(
            file.getParent().getFileName()
                + "."
                + file.getFileName().toString().replace(".yaml", ""));
      }
    }
    assertTrue(ids.size() > 60);
    Pattern quoted = Pattern.compile("\"([a-z0-9-]+\\.[a-z0-9-]+)\"");
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher matcher = quoted.matcher(Files.readString(file));
        while (matcher.find()) {
          if (ids.contains(matcher.group(1))) {
            found.add(file + ": " + matcher.group(1));
          }
        }
      }
    }
    assertEquals(Set.of(), found);
  }

  @Test
  void everyRoomSaysWhatItIsAndWhatItKnows() throws IOException {
    List<Path> silent;
    try (Stream<Path> rooms = Files.list(Path.of("src/main/java/dev/loganalyze"))) {
      silent = rooms.filter(room -> !Files.exists(room.resolve("package-info.java"))).toList();
    }
    assertEquals(List.of(), silent);
  }
}

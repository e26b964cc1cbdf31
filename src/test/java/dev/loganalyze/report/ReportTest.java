package dev.loganalyze.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.rules.Severity;
import dev.loganalyze.timing.Budgets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportTest {
  static final Map<String, Run> RUNS =
      new TreeMap<>(
          Map.of(
              "empty", Runs.empty(),
              "one", Runs.one(),
              "many", Runs.many(),
              "hostile", Runs.hostile(),
              "no-boot", Runs.noBoot(),
              "suppressed", Runs.suppressed()));
  static final ReportOptions OPTIONS =
      new ReportOptions(
          Screen.PLAIN,
          Integer.MAX_VALUE,
          List.of(
              Runs.rule("kernel.probe-failed", Severity.ERROR, "Why.", "Look."),
              Runs.rule("storage.io-error", Severity.ERROR, "Why.", "Look."),
              Runs.rule("time.step", Severity.WARNING, "Why.", "Look.")),
          Budgets.of(List.of("login=40s")),
          List.of());

  static final Map<Format, String> SUFFIXES =
      Map.ofEntries(
          Map.entry(Format.TEXT, "txt"),
          Map.entry(Format.JSON, "json"),
          Map.entry(Format.MARKDOWN, "md"),
          Map.entry(Format.HTML, "html"),
          Map.entry(Format.SARIF, "sarif"),
          Map.entry(Format.JUNIT, "junit.xml"),
          Map.entry(Format.GITHUB, "github.txt"),
          Map.entry(Format.GITLAB, "gitlab.json"),
          Map.entry(Format.TRACE, "trace.json"),
          Map.entry(Format.SVG, "svg"),
          Map.entry(Format.CSV, "csv"));

  static byte[] bytes(Format format, List<Run> runs) throws IOException {
    return bytes(format.report(OPTIONS), runs);
  }

  static byte[] bytes(Report report, List<Run> runs) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    report.write(runs, out);
    return out.toByteArray();
  }

  static String text(Format format, List<Run> runs) throws IOException {
    return new String(bytes(format, runs), StandardCharsets.UTF_8);
  }

  static List<Run> all() {
    return List.copyOf(RUNS.values());
  }

  @ParameterizedTest
  @EnumSource(value = Format.class, mode = EnumSource.Mode.EXCLUDE, names = "JSONL")
  void everyRunGivesItsGoldenFile(Format format) throws IOException {
    for (Map.Entry<String, Run> run : RUNS.entrySet()) {
      Golden.check(
          run.getKey() + "." + SUFFIXES.get(format), bytes(format, List.of(run.getValue())));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Format.class, mode = EnumSource.Mode.EXCLUDE, names = "JSONL")
  void whatCouldNotBeReadIsTold(Format format) throws IOException {
    ReportOptions options =
        OPTIONS.without(List.of("a.log.gz: the gzip data ends too early \u202e <b> ]]> ::x"));
    Golden.check("unreadable." + SUFFIXES.get(format), bytes(format.report(options), List.of()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"TEXT", "MARKDOWN"})
  void severalRunsHaveASummary(Format format) throws IOException {
    Golden.check(
        "several." + SUFFIXES.get(format), bytes(format, List.of(Runs.empty(), Runs.one())));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void bytesDoNotDependOnLocaleOrTimeZone(Format format) throws IOException {
    byte[] here = bytes(format, all());
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      for (String language : List.of("tr", "ar-EG-u-nu-arab")) {
        Locale.setDefault(Locale.forLanguageTag(language));
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
        assertArrayEquals(here, bytes(format, all()));
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void noRunsIsAReportToo(Format format) throws IOException {
    String report = text(format, List.of());
    assertEquals(
        Set.of(Format.TEXT, Format.JSONL, Format.GITHUB).contains(format),
        report.isEmpty(),
        report);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aFormatIsFoundByItsWord(Format format) {
    assertEquals(format, Format.of(format.word()));
  }

  @Test
  void anUnknownFormatIsRefusedWithTheChoice() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Format.of("pdf")).getMessage();
    assertEquals(
        "there is no format 'pdf'; choose one of text, json, jsonl, markdown, html, sarif,"
            + " junit, github, gitlab, trace, svg, csv",
        message);
  }

  @Test
  void theVersionIsThatOfThePom() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    assertTrue(
        pom.contains(
            "<artifactId>loganalyze</artifactId>\n  <version>" + Tool.VERSION + "</version>"));
  }
}

package dev.loganalyze.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Asked;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import dev.loganalyze.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What only a browser can tell of the reports: {@code src/test/browser} drives Chromium. Runs where
 * {@code npm install} was run there.
 */
class BrowserIT {
  private static final Path SCRIPTS = Path.of("src/test/browser");

  @TempDir static Path pages;

  @BeforeAll
  static void writePages() throws Exception {
    write("emergency.html", Format.HTML, run("sample-logs/14-fstab-missing-uuid-emergency.log"));
    write("good.html", Format.HTML, run("sample-logs/07-debian-ok-initrd.log"));
    Run timed =
        run(
            "../shared/logs/boots/deb12-direct.log.gz",
            "../shared/logs/boots/deb12-direct.chunks.gz");
    write("timed.html", Format.HTML, timed);
    write("timed.md", Format.MARKDOWN, timed);
    write("timed.trace.json", Format.TRACE, timed);
    write("hostile.html", Format.HTML, Runs.hostile());
    write(
        "two.html",
        Format.HTML,
        run("sample-logs/07-debian-ok-initrd.log"),
        run("sample-logs/10-unit-exit-1.log"));
  }

  private static Run run(String... paths) throws Exception {
    List<Source> sources = new ArrayList<>();
    for (String path : paths) {
      sources.addAll(Inputs.open(new Inputs.Located(path, Path.of(path), true)).logs());
    }
    return new Analyzer(RuleSet.builtIn(), Asked.NOTHING.withLines(true))
        .analyze(paths[0], sources);
  }

  private static void write(String name, Format format, Run... runs) throws IOException {
    Files.write(pages.resolve(name), ReportTest.bytes(format, List.of(runs)));
  }

  private static void node(String script) throws Exception {
    Path told = pages.resolve(script + ".txt");
    ProcessBuilder builder =
        new ProcessBuilder("node", "--test", "--test-reporter=spec", script)
            .directory(SCRIPTS.toFile())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile());
    builder.environment().put("PAGES", pages.toString());
    Process process = builder.start();
    assertTrue(process.waitFor(10, TimeUnit.MINUTES), script);
    String words = Files.readString(told);
    assertEquals(0, process.exitValue(), words);
    assertTrue(words.contains("fail 0") && words.contains("skipped 0"), words);
  }

  @Test
  void thePageDoesWhatAPersonAsksOfIt() throws Exception {
    node("report.test.mjs");
  }

  @Test
  void mermaidAndSpeedscopeReadWhatIsMadeForThem() throws Exception {
    node("consumers.test.mjs");
  }
}

package dev.loganalyze.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.boot.Boots;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.pattern.Hits;
import dev.loganalyze.pattern.PatternSet;
import dev.loganalyze.transcript.Transcript;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of anybody's neither hang, exhaust memory, read files nor run anything. */
@Timeout(60)
class RuleSafetyTest {
  private static final String RULE =
      """
      id: own.x
      title: %s
      severity: warning
      match:
        - pattern: '%s'
      explain: Why.
      advice: What to do.
      cases:
        - log: '[    1.000001] none of it'
          finds: none
      """;

  @TempDir Path folder;

  private Path file() throws IOException {
    return Files.createDirectories(folder.resolve("own")).resolve("x.yaml");
  }

  private RuleSet read(String yaml) throws IOException, RuleException {
    Files.writeString(file(), yaml);
    return RuleSet.with(List.of(folder));
  }

  /** One sentence that names the file, and not much of it. */
  private void refused(String expected, String yaml) throws IOException {
    Files.writeString(file(), yaml);
    refused(expected);
  }

  private void refused(String expected) {
    RuleException e = assertThrows(RuleException.class, () -> RuleSet.with(List.of(folder)));
    assertTrue(e.getMessage().startsWith(folder.toString()), e.getMessage());
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertTrue(e.getMessage().length() < 20_000, e.getMessage().length() + " characters");
  }

  // ---- YAML -------------------------------------------------------------------------------------

  @Test
  void aliasesDoNotMultiply() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a").append(i).append(": &a").append(i).append(" [").append(before);
      bomb.append((", " + before).repeat(9)).append("]\n");
    }
    refused("there is no key 'a0'", bomb + String.format(RULE, "t", "p"));
  }

  @Test
  void tagsMakeNoObjects() throws Exception {
    Path touched = folder.resolve("touched");
    String tag = "!!java.io.FileOutputStream [" + touched + "]";
    refused("own/x.yaml:2", RULE.formatted(tag, "p"));
    String script = "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]";
    refused("own/x.yaml", script);
    assertTrue(Files.notExists(touched));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "!!a ", "&a "})
  void depthIsBounded(String opening) throws IOException {
    refused("own/x.yaml", opening.repeat(60_000));
    refused("own/x.yaml", "id: own.x\ntitle: " + opening.repeat(60_000));
  }

  @Test
  void aFileOfFaultsIsToldInShortAndSoon() throws IOException {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < 25_000; i++) {
      yaml.append('k').append(i).append(": 1\n");
    }
    refused("has more faults", yaml.toString());
    refused(
        "has more faults",
        RULE.formatted("t", "p").replace("  - pattern: 'p'\n", "  - pattern: '('\n".repeat(9_000)));
  }

  // ---- files ------------------------------------------------------------------------------------

  @Test
  void aFileThatIsTooLargeForARuleIsRefused() throws IOException {
    refused("is larger than 256 KiB", "#".repeat(300_000));
  }

  @Test
  void whatIsNoFileOfTheFolderIsNotOpened() throws Exception {
    Path outside = Files.createTempFile("outside", ".yaml");
    try {
      Files.writeString(outside, RULE.formatted("t", "p"));
      for (String place : List.of("/dev/zero", "/proc/kmsg", "/etc/passwd", outside.toString())) {
        Files.createSymbolicLink(file(), Path.of(place));
        refused("is no file in the folder of rules");
        Files.delete(file());
      }
    } finally {
      Files.delete(outside);
    }
    assertEquals(0, new ProcessBuilder("mkfifo", file().toString()).start().waitFor());
    refused("is no file in the folder of rules");
  }

  @Test
  void aLinkWithinTheFolderIsRead() throws Exception {
    Path stored = Files.createDirectories(folder.resolve("..data")).resolve("x");
    Files.writeString(stored, RULE.formatted("t", "p"));
    Files.createSymbolicLink(file(), Path.of("../..data/x"));
    assertEquals("t", RuleSet.with(List.of(folder)).rule("own.x").title());
  }

  @Test
  void whatIsNoTextIsASentence() throws IOException {
    Files.write(file(), new byte[] {'i', 'd', ':', (byte) 0xff});
    refused("is not UTF-8");
  }

  // ---- patterns ---------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a{1001}",
        "(?:a{100}){100}",
        "(?:(?:a{10}){10}){11}",
        "(?:a{900}b{900}c{900}d{900}e{900}f{900})",
        "(a+)+\\1",
        "(?=a)b",
        "(?<!a)b",
      })
  void whatCannotBeMatchedCheaplyIsNoPattern(String pattern) throws IOException {
    refused("own/x.yaml:5:", RULE.formatted("t", pattern));
  }

  @Test
  void aPatternOfAnyLengthAndDepthIsReadOrRefused() throws Exception {
    refused("own/x.yaml:5:", RULE.formatted("t", "a{1000}".repeat(20_000)));
    refused("own/x.yaml:5:", RULE.formatted("t", "(".repeat(100_000)));
    refused(
        "own/x.yaml:5:",
        RULE.formatted("t", "(?:a|".repeat(190) + ")".repeat(190) + "(".repeat(9_000)));
    refused("own/x.yaml:5:", RULE.formatted("t", "x".repeat(200_000)));
  }

  /** What backtracks takes exponential time here; what builds its states at once, all memory. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a|a)*(a|aa)+$",
        "(?:a*)*b",
        "(x+x+)+y",
        "[a-z].{20}[0-9]",
        "[ab]....................c",
        "(?:.*a){20}",
        "(?i:[a-z]?){30}z",
      })
  void theTimeOfAPatternGrowsAsTheLogDoes(String pattern) throws Exception {
    RuleMatcher matcher =
        new RuleMatcher(RuleSet.only(read(RULE.formatted("t", pattern)).rule("own.x")));
    Entries small = log(2_000);
    Entries large = log(8_000);
    cost(matcher, small);
    long one = Math.max(20_000_000, cost(matcher, small));
    long four = cost(matcher, large);
    assertTrue(four < 20 * one, one / 1000 + " us for 2,000 lines, " + four / 1000 + " for 8,000");
  }

  @Test
  void blocksThatNeverEndCostNoMoreThanTheirLines() throws Exception {
    refused("a block is at least 1 line", block("lines: 1000000"));
    refused("a block is at least 1 line", block("lines: 0"));
    RuleMatcher matcher = new RuleMatcher(RuleSet.only(read(block("lines: 500")).rule("own.x")));
    Entries small = log(800);
    cost(matcher, small);
    long one = Math.max(20_000_000, cost(matcher, small));
    assertTrue(cost(matcher, log(3_200)) < 20 * one);
  }

  private static String block(String lines) {
    return RULE.formatted("t", "a")
        .replace("'a'\n", "'a'\n    until: 'never'\n    " + lines + "\n");
  }

  private static Entries log(int lines) {
    Random random = new Random(7);
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      log.append(String.format("[%5d.000001] ", i));
      for (int c = 0; c < 80; c++) {
        log.append((char) ('a' + random.nextInt(c % 3 == 0 ? 26 : 2)));
      }
      log.append('\n');
    }
    return LineParser.parse(Transcript.console(log.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** Nanoseconds of this thread. */
  private static long cost(RuleMatcher matcher, Entries entries) {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    Hits hits = Sought.in(new PatternSet(matcher.expressions()), entries);
    matcher.match(entries, hits, Boots.of(entries), List.of(), List.of(), List.of());
    return threads.getCurrentThreadCpuTime() - start;
  }

  @Test
  void testingNamesThePatternThatExplodes() throws Exception {
    RuleSet rules = read(RULE.formatted("t", "[ab]....................c"));
    List<String> exploding = RuleCases.exploding(rules.rules());
    assertEquals(1, exploding.size());
    assertTrue(
        exploding.get(0).startsWith("own.x: pattern '[ab]....................c' needs a state"),
        exploding.get(0));
  }

  // ---- templates --------------------------------------------------------------------------------

  @Test
  void aTitleIsNoProgram() throws Exception {
    String execute = "<#assign x=\\\"freemarker.template.utility.Execute\\\"?new()>";
    refused("nothing binds ${x(", RULE.formatted("\"" + execute + "${x('id')}\"", "p"));
    RuleSet rules = read(RULE.formatted("\"" + execute + " #{7*7} <@x/>\"", "p"));
    assertEquals(execute.replace("\\\"", "\"") + " #{7*7} <@x/>", rules.rule("own.x").headline());
  }
}

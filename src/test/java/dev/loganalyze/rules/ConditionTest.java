package dev.loganalyze.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loganalyze.diagnosis.Analyzer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules ask over several lines. */
class ConditionTest {
  private static final String RULE =
      """
      id: storage.sour
      title: ${device} went sour
      severity: error
      subject: ${device}
      match:
        - when: %s
          parts:
      %s
      explain: Milk does that.
      advice: Buy new milk.
      cases:
        - log: x
          finds: none
      """;
  private static final String DOWN = "      down: { pattern: '^(?<device>\\w+): link down' }\n";
  private static final String UP = "      up: { pattern: '^(?<device>\\w+): link up' }\n";
  private static final String PANIC = "      gone: { pattern: '^(?<device>\\w+): gone' }\n";

  @TempDir Path folder;

  private List<String> found(String when, String parts, String... lines) throws Exception {
    Files.createDirectories(folder.resolve("storage"));
    Files.writeString(
        folder.resolve("storage/sour.yaml"), String.format(RULE, when, parts.stripTrailing()));
    StringBuilder log = new StringBuilder("[    0.000000] Linux version 6.1 (x)\n");
    for (String line : lines) {
      log.append("[   ").append(line).append('\n');
    }
    List<String> found = new ArrayList<>();
    for (Finding finding :
        new Analyzer(RuleSet.with(List.of(folder)))
            .findings(new Rule.Case(log.toString(), List.of(), List.of()))) {
      if (finding.rule().id().equals("storage.sour")) {
        found.add(finding.subject() + " " + finding.firstLine() + "-" + finding.lastLine());
      }
    }
    return found;
  }

  @Test
  void oneThenTheOtherOfTheSameDevice() throws Exception {
    String[] log = {"10.000001] a: link down", "11.000001] b: gone", "12.000001] a: gone"};
    assertEquals(List.of("a 2-4"), found("down then gone", DOWN + PANIC, log));
    assertEquals(List.of("a 2-4"), found("down then gone within 2 s", DOWN + PANIC, log));
    assertEquals(List.of(), found("down then gone within 1 s 999 ms", DOWN + PANIC, log));
  }

  @Test
  void threeInARow() throws Exception {
    String[] log = {"10.000001] a: link down", "11.000001] a: link up", "12.000001] a: gone"};
    assertEquals(List.of("a 2-4"), found("down then up then gone", DOWN + UP + PANIC, log));
    assertEquals(List.of(), found("up then down then gone", DOWN + UP + PANIC, log));
  }

  @Test
  void aBlockMayBeginByItsShapeAlone() throws Exception {
    String block =
        "      begun: { shape: job-starting, until: '^(?<device>\\w+): link up', lines: 3 }\n";
    String[] log = {
      "10.000001] systemd[1]: Starting a.service - A...",
      "11.000001] systemd[1]: a: link up",
      "12.000001] a: gone"
    };
    assertEquals(List.of("a 2-4"), found("begun then gone", block + PANIC, log));
  }

  @Test
  void anotherBlockEndsOneWithoutItsEnd() throws Exception {
    String block =
        "      begun: { pattern: '^(?<step>\\w+): link down', until: '^(?<device>\\w+): link up',"
            + " lines: 3 }\n";
    String[] log = {
      "10.000001] x: link down",
      "11.000001] y: link down",
      "12.000001] a: link up",
      "13.000001] a: gone"
    };
    assertEquals(List.of("a 3-5"), found("begun then gone", block + PANIC, log));
  }

  @Test
  void oneThatTheOtherDoesNotFollow() throws Exception {
    String[] log = {"10.000001] a: link down", "11.000001] b: link down", "15.000001] a: link up"};
    assertEquals(List.of("b 3-3"), found("down without up", DOWN + UP, log));
    assertEquals(List.of("a 2-2"), found("down without up within 4500 ms", DOWN + UP, log));
  }

  @Test
  void aLogThatEndsBeforeTheLimitProvesNothing() throws Exception {
    assertEquals(
        List.of(), found("down without up within 1 min", DOWN + UP, "10.000001] a: link down"));
  }

  @Test
  void whatIsMissingAmongMoreLinesThanAreLookedAtProvesNothing() throws Exception {
    String[] log = new String[Conditions.MAX_EVENTS + 3];
    Arrays.setAll(log, i -> String.format("10.%06d] a: link up", i));
    log[Conditions.MAX_EVENTS] = "11.000001] a: link down";
    assertEquals(List.of(), found("down without up", DOWN + UP, log));
    log[log.length - 1] = "12.000001] a: gone";
    assertEquals(List.of(), found("gone between down and up", DOWN + UP + PANIC, log));
  }

  @Test
  void soManyOfOneDeviceInSoMuchTime() throws Exception {
    String[] log = {
      "10.000001] a: link down",
      "11.000001] b: link down",
      "12.000001] a: link down",
      "19.000001] a: link down"
    };
    assertEquals(List.of("a 2-5"), found("at least 3 of down", DOWN, log));
    assertEquals(List.of("a 2-4"), found("at least 2 of down within 3 s", DOWN, log));
    assertEquals(List.of(), found("at least 3 of down within 3 s", DOWN, log));
  }

  @Test
  void betweenTwoOthers() throws Exception {
    String[] log = {
      "10.000001] a: gone",
      "11.000001] a: link up",
      "12.000001] a: gone",
      "13.000001] b: gone",
      "14.000001] a: link down",
      "15.000001] a: gone"
    };
    assertEquals(List.of("a 4-4"), found("gone between up and down", DOWN + UP + PANIC, log));
  }

  private static List<String> faults(String when, String parts) {
    List<String> faults = new ArrayList<>();
    RuleReader.read("storage/sour.yaml", String.format(RULE, when, parts.stripTrailing()), faults);
    return faults;
  }

  @Test
  void aConditionThatIsNoneIsToldWithItsColumn() {
    assertEquals(
        List.of(
            "storage/sour.yaml:6: it ends at column 10 of the condition, where one of these"
                + " belongs: a part's name"),
        faults("down then", DOWN));
    assertEquals(
        List.of(
            "storage/sour.yaml:6: 'up' stands at column 6 of the condition, where one of these"
                + " belongs: 'then', 'without', 'between'"),
        faults("down up", DOWN + UP));
    assertEquals(
        List.of(
            "storage/sour.yaml:6: 'x' stands at column 10 of the condition, where one of these"
                + " belongs: a number"),
        faults("at least x of down", DOWN));
  }

  @Test
  void partsAndConditionNameEachOther() {
    List<String> faults = faults("down then gone", DOWN + UP);
    assertEquals(
        List.of(
            "storage/sour.yaml:6: there is no part 'gone'; parts are: down, up",
            "storage/sour.yaml:9: the condition does not use part 'up'"),
        faults);
  }

  // ---- weight, and who knows better -------------------------------------------------------------

  private List<String> judged(String rule, String log) throws Exception {
    Files.createDirectories(folder.resolve("storage"));
    Files.writeString(folder.resolve("storage/sour.yaml"), rule);
    return new Analyzer(RuleSet.with(List.of(folder)))
        .findings(new Rule.Case(log, List.of(), List.of())).stream()
            .filter(f -> f.rule().id().equals("storage.sour"))
            .map(f -> f.severity().word())
            .toList();
  }

  @Test
  void theSeverityMayDependOnThePhaseAndOnHowFarTheBootCame() throws Exception {
    String rule =
        String.format(RULE, "down without up", (DOWN + UP).stripTrailing())
            .replace(
                "severity: error",
                "severity: { default: error, session: info, reached-login: warning }");
    String log =
        "[    0.000000] Linux version 6.1 (x)\nWelcome to Debian!\n[    9.000001] a: link down\n";
    assertEquals(List.of("error"), judged(rule, log));
    assertEquals(List.of("warning"), judged(rule, log + "vm login: \n"));
    assertEquals(
        List.of("info"),
        judged(rule, "Welcome to Debian!\nvm login: \nroot@vm:~# \n[    9.000001] a: link down\n"));
  }

  @Test
  void aLineThatABetterRuleMatchedIsTheBetterRules() throws Exception {
    String rule =
        String.format(RULE, "down without up", (DOWN + UP).stripTrailing())
            .replace("link down", ".*")
            .replace("explain:", "yields: [kernel.firmware-missing]\nexplain:");
    String start = "[    0.000000] Linux version 6.1 (x)\n";
    String better =
        "[    1.000001] r8169: Direct firmware load for rtl_nic/x.fw failed with error -2\n";
    assertEquals(1, judged(rule, start + "[    1.000001] r8169: something else\n").size());
    assertEquals(0, judged(rule, start + better.replace("r8169: ", "r8169 0000:00:01.0: ")).size());
  }

  @Test
  void aCommandIsThatOfTheAnswerThatTheSessionShows() throws Exception {
    String rule =
        String.format(RULE, "one", "")
            .replaceFirst(
                "  - when: one\n    parts:\n\n",
                "  - { pattern: '^(?<device>vd.)', command: '^lsblk' }\n");
    String boot = "Welcome to Debian!\n";
    assertEquals(1, judged(rule, boot + "root@vm:~# lsblk\nvda 8:0\n").size());
    assertEquals(0, judged(rule, boot + "root@vm:~# ls /dev\nvda\n").size());
    assertEquals(0, judged(rule, boot + "vda 8:0\nroot@vm:~# lsblk\n").size());
  }
}

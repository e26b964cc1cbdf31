package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.input.Packed;
import dev.loganalyze.report.Attack;
import dev.loganalyze.report.Sink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that somebody gave a name to, or put where they are, who wants more than to be read. */
class HostileNamesTest {
  private static final Tty TERMINAL = new Tty(true, true, StandardCharsets.UTF_8, Map.of());

  @TempDir Path folder;

  private static String printed(String... arguments) {
    return printed(Tty.NONE, arguments);
  }

  /** All that a person or a CI job would see of it. */
  private static String printed(Tty tty, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Main.run(arguments, out, new PrintStream(err, true, StandardCharsets.UTF_8), tty);
    String said = out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    assertTrue(status >= 0 && status <= 3, said);
    assertFalse(said.contains("fault of loganalyze"), said);
    return said;
  }

  /** The text as the name of a file: what no file system takes is left out. */
  private static String name(Attack attack) {
    String name =
        attack.text().replace("/", "_").replace("\0", "").replaceAll("[\ud800-\udfff]", "");
    return name.substring(0, Math.min(60, name.length()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Attack.class,
      names = {"ESCAPES", "BIDI", "WORKFLOW", "BUILD_COMMANDS"})
  void noNameSteersWhatShowsIt(Attack attack) throws IOException {
    String name = name(attack);
    Path good = folder.resolve(name + ".log");
    Files.copy(Path.of("sample-logs/02-panic-wrong-root.log"), good);
    Path cut = folder.resolve(name + ".gz");
    Files.write(cut, new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3, 4, 5});
    Path rules = Files.createDirectories(folder.resolve(name + ".rules").resolve(name));
    Files.writeString(rules.resolve(name + ".yaml"), "id: [" + attack.text().replace('\n', ' '));
    Path archive = folder.resolve("a.tar");
    Files.write(
        archive,
        Packed.tar(
            Packed.members(
                name + ".log", Files.readAllBytes(good), name + ".gz", Files.readAllBytes(cut))));
    String missing = folder.resolve(name + ".missing").toString();
    for (List<String> command :
        List.of(
            List.of(good.toString(), cut.toString(), missing, archive.toString()),
            List.of("timing", good.toString(), cut.toString(), missing),
            List.of("parse", good.toString()),
            List.of("parse", cut.toString(), missing),
            List.of("note", good.toString(), cut.toString(), missing),
            List.of("journal", good.toString(), cut.toString(), missing),
            List.of("follow", missing, "--timeout", "1s"),
            List.of("rules", "test", rules.getParent().toString()),
            List.of("rules", "new", "own.x", "--from", missing + ":1"),
            List.of("--rules", rules.getParent().toString(), good.toString()),
            List.of("--format", "json=" + missing + "/x/y", good.toString()),
            List.of("--baseline", missing, good.toString()),
            List.of("explain", attack.text()),
            List.of("--" + attack.text()),
            List.of("--format", attack.text(), good.toString()),
            List.of("history", "trend", attack.text()))) {
      Sink.terminal(printed(command.toArray(String[]::new)));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Attack.class,
      names = {
        "C1",
        "INVISIBLE",
        "NONCHARACTERS",
        "BUILD_COMMANDS",
        "BACKTICKS",
        "TEMPLATE",
        "JSON"
      })
  void aDraftOfARuleIsTextAndSaysExactlyWhatTheLogSays(Attack attack) throws IOException {
    String line = attack.text().lines().findFirst().orElseThrow().replace("\0", "");
    Path log = folder.resolve("x.log");
    Files.write(
        log, ("[    1.000001] milk: sour " + line + " end\n").getBytes(StandardCharsets.UTF_8));
    String draft = printed("rules", "new", "own.x", "--from", log + ":1");
    Sink.terminal(draft);
    Path rules = Files.createDirectories(folder.resolve("rules/own"));
    Files.writeString(
        rules.resolve("x.yaml"), draft.replace("    finds: {}\n", "    finds: [{}]\n"));
    if (draft.startsWith("id:")) {
      String tested = printed("rules", "test", rules.getParent().toString());
      assertFalse(tested.contains("own.x: case 1"), tested + draft);
    }
  }

  @Test
  void aTerminalShowsAJournalAsTextAndAFileGetsItByteForByte() throws IOException {
    String message = "MESSAGE\n\33\0\0\0\0\0\0\0\u001b[2J::x\n::error::y\u202ez##[a]\n";
    Path journal = folder.resolve("x.export");
    Files.writeString(
        journal,
        "__REALTIME_TIMESTAMP=1795000001500000\n_BOOT_ID=00000000000000030000000000000004\n"
            + message
            + "\n");
    String bytes = "\u001b[2J::x\n::error::y\u202ez##[a]\n";
    assertEquals(bytes, printed("journal", "-o", "cat", journal.toString()));
    for (String format : List.of("cat", "export")) {
      String shown = printed(TERMINAL, "journal", "-o", format, journal.toString());
      assertTrue(shown.contains("error"), shown);
      Sink.terminal(shown);
    }
  }

  /** Neither the folder nor what is beside a log leads out of it, waits, or is written to. */
  @Test
  void whatLiesInAFolderIsOpenedOnlyIfItIsAFile() throws Exception {
    Path logs = Files.createDirectories(folder.resolve("logs"));
    Path outside =
        Files.writeString(
            folder.resolve("secret.log"), "[    0.000000] Linux version 6.1.0 secret\n");
    Files.writeString(logs.resolve("a.log"), "[    0.000000] Linux version 6.1.0\n");
    Files.createSymbolicLink(logs.resolve("b.log"), outside);
    Files.createSymbolicLink(logs.resolve("c.log"), Path.of("/dev/zero"));
    Files.createSymbolicLink(logs.resolve("d.log"), Path.of("/proc/kmsg"));
    Files.createSymbolicLink(logs.resolve("up"), folder);
    Files.createSymbolicLink(logs.resolve("a.chunks.tsv"), outside);
    assertEquals(
        0, new ProcessBuilder("mkfifo", logs.resolve("e.log").toString()).start().waitFor());
    List<String> before = listing();
    List<String> said = new ArrayList<>();
    Thread reads =
        new Thread(() -> said.add(printed("--format", "json", logs.toString())), "reads a folder");
    reads.start();
    reads.join(TimeUnit.SECONDS.toMillis(60));
    assertFalse(reads.isAlive(), "it waits for a pipe");
    assertTrue(said.get(0).contains("a.log"), said.get(0));
    for (String other : List.of("secret", "b.log", "c.log", "d.log", "e.log", "chunks")) {
      assertFalse(said.get(0).contains(other), said.get(0));
    }
    assertEquals(before, listing());
  }

  private List<String> listing() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).sorted().toList();
    }
  }

  /** An archive with every way out of it that is known; see also ArchivesTest. */
  @Test
  void anArchiveWritesNothingAndReadsNothingBesideIt() throws IOException {
    String boot = "[    0.000000] Linux version 6.1.0\n";
    Path archive = folder.resolve("a.tar");
    Files.write(
        archive,
        Packed.tar(
            Packed.members(
                "../../evil.log", boot, "/etc/evil.log", boot, "x/../../evil2.log", boot)));
    List<String> before = listing();
    Path into = folder.resolve("out.html");
    printed("--format", "html=" + into, archive.toString());
    List<String> after = new ArrayList<>(before);
    after.add(into.toString());
    after.sort(null);
    assertEquals(after, listing());
    assertFalse(Files.exists(Path.of("/etc/evil.log")));
    String runs = printed("--format", "jsonl", archive.toString());
    assertEquals(3, runs.lines().filter(line -> line.startsWith("{")).count());
    Sink.terminal(printed(archive.toString()));
  }
}

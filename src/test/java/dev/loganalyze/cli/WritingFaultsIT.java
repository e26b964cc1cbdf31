package dev.loganalyze.cli;

import static dev.loganalyze.cli.Bash.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be written is told in one sentence, and no part of a file is left. */
class WritingFaultsIT {
  private static final String FULL = "No space left on device";

  @TempDir Path temp;
  private Bash bash;

  @BeforeEach
  void start() throws Exception {
    bash = new Bash(temp);
  }

  /** With a file system of 16 KiB at {@code mnt} that nobody else sees; for root. */
  private Bash.Result mounted(String options, String script) throws Exception {
    String mount = "mkdir mnt; mount -t tmpfs -o size=16k none mnt && cd mnt && ";
    String remount = " mount -o remount," + options + " ../mnt || exit 99;";
    String inside = mount + "echo old >old.html;" + remount + script;
    return bash.run(
        "export -f la; unshare -m bash -c '" + inside + "; s=$?; ls -A; cat old.html; exit $s'");
  }

  // ---- a full disk ------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$BOOT",
        "--format json $BOOT",
        "--version",
        "--help",
        "rules list",
        "parse $BOOT",
        "follow $BOOT",
        "note $BOOT",
        "completion"
      })
  void aFullDiskBehindStandardOutputIsTold(String arguments) throws Exception {
    refused(
        bash.run("la " + arguments + " </dev/null >/dev/full"),
        "standard output could not be written (" + FULL + ")");
  }

  @Test
  void aFullDiskLeavesTheOldReportAndNoPartOfTheNew() throws Exception {
    Bash.Result result = mounted("rw", "la --format html=old.html $BOOT");
    refused(result, "old.html: could not be written (" + FULL + ")");
    assertEquals("old.html\nold\n", result.out());
  }

  @Test
  void aFullDiskKeepsTheHistoryAsItWas() throws Exception {
    String fill = "head -c 8192 /dev/zero >fill; ";
    Bash.Result result = mounted("rw", fill + "la history --store h.jsonl add $HERE/sample-logs");
    refused(result, "h.jsonl: could not be written (" + FULL + ")");
    assertEquals("fill\nold.html\nold\n", result.out());
  }

  // ---- a target that cannot be ------------------------------------------------------------------

  @Test
  void aFileSystemThatMayOnlyBeReadIsTold() throws Exception {
    Bash.Result result = mounted("ro", "la --format json=new.json $BOOT");
    refused(result, "new.json: could not be written (Read-only file system)");
    assertEquals("old.html\nold\n", result.out());
  }

  @Test
  void aTargetThatCannotBeIsTold() throws Exception {
    refused(bash.run("la --format json=no/x.json $BOOT"), "its folder does not exist");
    refused(
        bash.run("mkdir d; la --format json=d $BOOT"), "d: could not be written (Is a directory)");
    refused(bash.run("la --format json=d/x/y.json $BOOT"), "its folder does not exist");
    refused(
        bash.run("la --format json=$'no\\n\\e[2J/x.json' $BOOT"),
        "no\\x0a\\x1b[2J/x.json: could not");
    assertEquals(List.of("d"), bash.files());
  }

  // ---- a target that is something else ----------------------------------------------------------

  private static void isJson(Path file) throws Exception {
    assertEquals("1", new ObjectMapper().readTree(file.toFile()).path("schemaVersion").asText());
  }

  @Test
  void aLinkIsFollowedAndStays() throws Exception {
    Bash.Result result =
        bash.run(
            "echo old >real.json; chmod 600 real.json; ln -s real.json link;"
                + "ln -s /proc/self/fd/1 out; la --format json=link $BOOT;"
                + "la --format json=out $BOOT >captured.json; la --format json=out $BOOT | cat >piped.json;"
                + "stat -c '%F %a' link real.json out");
    assertEquals("symbolic link 777\nregular file 600\nsymbolic link 777\n", result.out());
    isJson(bash.folder().resolve("real.json"));
    isJson(bash.folder().resolve("captured.json"));
    isJson(bash.folder().resolve("piped.json"));
  }

  @Test
  void aDeviceIsWrittenAsItIs() throws Exception {
    Bash.Result result =
        bash.run(
            "mkfifo p; cat p >got.json & la --format json=/dev/null --format json=p $BOOT; wait");
    assertEquals(new Bash.Result(0, "", ""), result);
    isJson(bash.folder().resolve("got.json"));
    refused(
        bash.run("la --format json=/dev/full $BOOT"), "/dev/full: could not be written (" + FULL);
  }

  // ---- a reader that goes away ------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$BOOT",
        "--format json $BOOT",
        "parse $BOOT",
        "rules list",
        "--help",
        "follow $BOOT"
      })
  void aReaderThatGoesAwayIsNoFault(String arguments) throws Exception {
    // It is away before Java has started.
    Bash.Result result = bash.run("la " + arguments + " </dev/null | true; exit ${PIPESTATUS[0]}");
    assertEquals("", result.err());
    assertEquals(0, result.status());
  }

  @Test
  void filesAreWrittenThoughNobodyReadsTheRest() throws Exception {
    bash.run("la --format text --format json=all.json $BOOT | true");
    isJson(bash.folder().resolve("all.json"));
    assertEquals(List.of("all.json"), bash.files());
  }

  // ---- several at once --------------------------------------------------------------------------

  @Test
  void copiesThatWriteOneFileEachWriteItWhole() throws Exception {
    bash.run("for i in 1 2 3 4; do la --format json=one.json $BOOT & done; wait");
    isJson(bash.folder().resolve("one.json"));
    assertEquals(List.of("one.json"), bash.files());
  }

  @Test
  void copiesThatKeepRunsInOneHistoryLoseNone() throws Exception {
    String logs = "$HERE/sample-logs/{01,02,04,07,10,11}-*.log";
    Bash.Result result =
        bash.run("for log in " + logs + "; do la history --store h.jsonl add $log & done; wait");
    assertEquals("", result.err());
    assertEquals(6, Files.readAllLines(bash.folder().resolve("h.jsonl")).size());
    assertEquals(List.of("h.jsonl"), bash.files());
  }

  @Test
  void aLockThatNobodyHoldsIsNamed() throws Exception {
    refused(bash.run("touch h.jsonl.lock; la history --store h.jsonl add $BOOT"), "h.jsonl.lock");
    assertEquals(List.of("h.jsonl.lock"), bash.files());
  }
}

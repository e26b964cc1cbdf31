package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Homes, locales, terminals, streams, other copies: none changes what is said of a log. */
class SurroundingsIT {
  @TempDir Path temp;
  private Bash bash;
  private Bash.Result usual;

  @BeforeEach
  void start() throws Exception {
    bash = new Bash(temp);
    usual = bash.run("la $BOOT");
    assertEquals(1, usual.status(), usual.err());
  }

  private static void refused(Bash.Result result, String words) {
    assertEquals(2, result.status(), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().startsWith("loganalyze: "), result.err());
    assertTrue(result.err().contains(words), result.err());
  }

  // ---- homes ------------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {"unset HOME", "export HOME=", "export HOME=/proc/nowhere", "export HOME=/proc"})
  void noHomeIsNeeded(String home) throws Exception {
    assertEquals(usual, bash.run(home + "; la $BOOT"));
    String install = "; unset XDG_DATA_HOME; export SHELL=/bin/bash; la completion --install";
    refused(bash.run(home + install), home.contains("/") ? "could not be made" : "HOME");
  }

  @Test
  void noVariableIsNeeded() throws Exception {
    assertEquals(usual, bash.run("env -i $LA $BOOT"));
  }

  // ---- terminals and streams --------------------------------------------------------------------

  @Test
  void noTerminalIsNeeded() throws Exception {
    assertEquals(usual, bash.run("setsid -w $LA $BOOT"));
  }

  @Test
  void closedStreamsAreTold() throws Exception {
    refused(bash.run("la - <&-"), "standard input is closed");
    refused(bash.run("la follow - <&-"), "standard input is closed");
    assertEquals(usual, bash.run("la $BOOT <&-"));
    refused(bash.run("la $BOOT >&-"), "standard output could not be written (Bad file descriptor)");
    assertEquals(new Bash.Result(2, "", ""), bash.run("la nowhere.log 2>&-"));
  }

  @Test
  void theLauncherLetsNoFileTakeTheNumberOfAClosedStream() throws Exception {
    String here = "cd $HERE; ./loganalyze ";
    assertEquals("loganalyze: -: no boot was found in it\n", bash.run(here + "- <&-").err());
    refused(bash.run(here + "$BOOT >&-"), "standard output could not be written");
    assertEquals(2, bash.run(here + "$BOOT <&- >&- 2>&-").status());
    assertEquals(1, bash.run(here + "$BOOT <&- 2>&-").status());
  }

  // ---- locales ----------------------------------------------------------------------------------

  /** Locales of letters that are no ASCII when they change case, and of another character set. */
  @Test
  void theBytesOfAReportDoNotDependOnTheLocale() throws Exception {
    String locales =
        "localedef -i tr_TR -f UTF-8 $PWD/tr_TR.UTF-8 && localedef -i tr_TR -f ISO-8859-9 $PWD/tr_TR &&"
            + " localedef -i ja_JP -f EUC-JP $PWD/ja_JP.eucJP";
    assertEquals(0, bash.run(locales).status());
    String files =
        Stream.of("json", "markdown", "html", "sarif", "junit", "csv", "svg")
            .map(format -> " --format " + format + "=r." + format)
            .collect(Collectors.joining());
    String reports =
        "export LOCPATH=$PWD; LA=\"env LC_ALL=$LOCALE $LA\"; cp $HERE/sample-logs/14-*.log .;"
            + " la --format text"
            + files
            + " 14-*.log; cat r.*; la rules list; la journal nothing";
    Bash.Result here = bash.run("LOCALE=C.UTF-8; " + reports);
    assertTrue(here.out().contains("<html"), here.err());
    for (String locale : List.of("tr_TR.UTF-8", "tr_TR", "ja_JP.eucJP", "POSIX", "xx_XX.UTF-8")) {
      assertEquals(here, bash.run("LOCALE=" + locale + "; " + reports), locale);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "xx_XX.UTF-8", ""})
  void everyNameInUtf8IsFoundInEveryLocale(String locale) throws Exception {
    String environment = "unset LANG LC_CTYPE; cp $BOOT é漢.log; env LC_ALL=" + locale;
    Bash.Result result = bash.run(environment + " $HERE/loganalyze é漢.log");
    assertEquals(1, result.status(), result.err());
    assertTrue(result.out().startsWith("é漢.log: FAILED"), result.out());
    refused(bash.run(environment + " $LA é漢.log"), "LC_ALL=C.UTF-8");
  }

  // ---- the checkout, and other copies -----------------------------------------------------------

  /** A checkout that is built and has no archive of classes yet. */
  private static final String CHECKOUT =
      "mkdir -p co/target co/src/main co/grammar co/templates; touch co/pom.xml;"
          + "cp $HERE/loganalyze co; cp -r $HERE/sample-logs co; sleep 0.1; cp $JAR co/target/; ";

  /** Whether the archive is whole: Java does not start with it otherwise. */
  private static final String WHOLE =
      "archive=co/target/archive$(readlink -f $(command -v java)).jsa;"
          + "java "
          + (Runtime.version().feature() < 25
              ? "-Xshare:on -XX:SharedArchiveFile=$archive"
              : "-XX:AOTMode=on -XX:AOTCache=$archive --enable-native-access=ALL-UNNAMED")
          + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar co/target/loganalyze.jar --version >/dev/null || exit 98; ";

  @Test
  void firstRunsAtOnceMakeOneArchive() throws Exception {
    Bash.Result result =
        bash.run(
            CHECKOUT
                + "for i in 1 2 3 4; do co/loganalyze $BOOT >out$i 2>&1 & done; wait; "
                + WHOLE
                + "cat out?; ls ${archive%/*}");
    assertEquals(usual.out().repeat(4) + "java.jsa\n", result.out());
    assertEquals(0, result.status(), result.err());
  }

  @Test
  void aFirstRunThatIsKilledLeavesNothingThatHarmsTheNext() throws Exception {
    Bash.Result result =
        bash.run(
            CHECKOUT
                + "for wait in 0.05 0.4 0.8 1.2; do"
                + " setsid co/loganalyze $BOOT >/dev/null 2>&1 & sleep $wait; kill -KILL -- -$!;"
                + " wait $!; done 2>/dev/null; co/loganalyze $BOOT; "
                + WHOLE
                + "ls ${archive%/*}");
    assertEquals(new Bash.Result(0, usual.out() + "java.jsa\n", ""), result);
  }

  /** Maven in this test copies a jar, the first time only half of it. */
  @Test
  void aBuildThatIsKilledIsBuiltAgain() throws Exception {
    Bash.Result result =
        bash.run(
            CHECKOUT
                + "mv co/target/loganalyze.jar whole.jar; mkdir bin; cat >bin/mvn <<'EOF'\n"
                + "#!/bin/bash\n"
                + "if [ ! -f half ]; then\n"
                + "  touch half; head -c 100000 whole.jar >co/target/loganalyze.jar\n"
                + "  kill -KILL $PPID; exit\n"
                + "fi\n"
                + "cp whole.jar co/target/loganalyze.jar\n"
                + "EOF\n"
                + "chmod +x bin/mvn; export PATH=$PWD/bin:$PATH;"
                + "co/loganalyze $BOOT 2>/dev/null; co/loganalyze $BOOT");
    assertEquals(1, result.status(), result.err());
    assertEquals(usual.out(), result.out());
  }

  @Test
  void aCheckoutThatMayOnlyBeReadRunsWithoutAnArchive() throws Exception {
    String readOnly =
        "unshare -m bash -c 'mount --bind co co && mount -o remount,ro,bind co && co/loganalyze $BOOT'";
    Bash.Result built = bash.run(CHECKOUT + readOnly);
    assertEquals(usual, built);
    refused(
        bash.run("touch co/pom.xml; " + readOnly), "is not writable, so it cannot be built there");
  }

  @Test
  void nothingIsLeftInTheFolderForTemporaryFiles() throws Exception {
    Path tmp = Files.createDirectory(temp.resolve("tmp"));
    String option = "-Djava.io.tmpdir=" + tmp;
    bash.result(bash.java(option, "--format", "html", Bash.HERE + "/sample-logs"), option);
    try (Stream<Path> left = Files.list(tmp)) {
      assertFalse(left.findAny().isPresent());
    }
  }
}

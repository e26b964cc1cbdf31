package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program in a real process, and the README's word on it. */
class LauncherIT {
  private static final Path HOME = Path.of("").toAbsolutePath();

  @TempDir Path folder;

  record Result(int status, String out, String err) {}

  private Result sh(Path where, String path, String command) throws Exception {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command)
            .directory(where.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("PATH", path);
    builder.environment().remove("COLUMNS");
    Process process = builder.start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), command);
    return new Result(process.exitValue(), read(out), read(err));
  }

  private Result sh(Path where, String command) throws Exception {
    return sh(where, System.getenv("PATH"), command);
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  @Test
  void inAJobOfGithubActionsAnnotationsAndASummaryComeByThemselves() throws Exception {
    Path summary = folder.resolve("summary.md");
    Files.writeString(summary, "# Before\n");
    String log = "sample-logs/14-fstab-missing-uuid-emergency.log";
    String job = "GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=" + summary + " ./loganalyze ";
    Result text = sh(HOME, job + log);
    assertEquals(1, text.status());
    assertTrue(text.out().contains("\n::error file=" + log + ",line="), text.out());
    String page = read(summary);
    assertTrue(page.startsWith("# Before\n# Failed: "), page);
    Result json = sh(HOME, job + "--format json " + log);
    assertTrue(!json.out().contains("::error"), json.out());
    assertEquals(page, read(summary));
    Result nowhere = sh(HOME, job.replace("summary.md", "no/summary.md") + log);
    assertEquals(2, nowhere.status());
    assertTrue(nowhere.err().contains("could not be written"), nowhere.err());
  }

  /** The bodies of the README's fenced blocks of a language. */
  private static List<String> readme(String language) throws IOException {
    Matcher matcher =
        Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
            .matcher(read(HOME.resolve("README.md")));
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  @Test
  void theReadmesTwoCommandsAreTheMainJobAndTheTests() throws Exception {
    assertEquals(List.of("./loganalyze sample-logs\n", "mvn -B verify\n"), readme("sh"));
  }

  @Test
  void theReadmesMainCommandAnalysesTheSamples() throws Exception {
    Result result = sh(HOME, readme("sh").get(0));
    assertEquals("", result.err());
    assertEquals(1, result.status());
    assertTrue(result.out().contains("sample-logs/02-panic-wrong-root.log: FAILED"));
  }

  @Test
  void itRunsThroughALinkAndFromAnyFolder() throws Exception {
    Files.createSymbolicLink(folder.resolve("la"), HOME.resolve("loganalyze"));
    Files.copy(HOME.resolve("sample-logs/02-panic-wrong-root.log"), folder.resolve("a b.log"));
    Result result = sh(folder, "./la 'a b.log'");
    assertEquals(1, result.status(), result.err());
    assertTrue(result.out().startsWith("a b.log: FAILED"), result.out());
  }

  @Test
  void standardInputIsALogToo() throws Exception {
    Result result = sh(HOME, "./loganalyze - < sample-logs/02-panic-wrong-root.log");
    assertEquals(1, result.status());
    assertTrue(result.out().startsWith("-: FAILED"), result.out());
  }

  @Test
  void pipesWithANameAreLogsToo() throws Exception {
    Result device = sh(HOME, "cat sample-logs/02-panic-wrong-root.log | ./loganalyze /dev/stdin");
    assertTrue(device.out().startsWith("/dev/stdin: FAILED"), device.err());
    Result substituted =
        sh(HOME, "bash -c './loganalyze <(gzip -c sample-logs/02-panic-wrong-root.log)'");
    assertEquals(1, substituted.status(), substituted.err());
    assertTrue(substituted.out().startsWith("/dev/fd/63: FAILED"), substituted.out());
  }

  @Test
  void aReaderThatGoesAwayIsNoFault() throws Exception {
    Result result = sh(HOME, "./loganalyze --format html sample-logs | head -c 100");
    assertEquals(100, result.out().length());
    assertEquals("", result.err());
  }

  @Test
  void tooLittleMemoryIsASentence() throws Exception {
    // Not even the rules find room in that.
    Result result = sh(HOME, "LOGANALYZE_JAVA_OPTS=-Xmx8m ./loganalyze sample-logs");
    assertEquals(2, result.status());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().contains("LOGANALYZE_JAVA_OPTS=-Xmx4g"), result.err());
  }

  @Test
  void withoutJavaItNamesThePackages() throws Exception {
    for (String tool : List.of("sh", "readlink", "dirname", "find")) {
      Path real = Path.of("/usr/bin", tool);
      Files.createSymbolicLink(folder.resolve(tool), real);
    }
    Result result = sh(HOME, folder.toString(), "./loganalyze sample-logs");
    assertEquals(2, result.status());
    assertEquals(
        "loganalyze: java is missing; on Debian: apt-get install -y openjdk-17-jdk-headless"
            + " maven\n",
        result.err());
  }

  /** A folder with launcher and jar, as a tarball leaves it. */
  private Path installed() throws IOException {
    Path home = Files.createDirectories(folder.resolve("in stalled"));
    Files.createDirectories(home.resolve("sample-logs"));
    Files.copy(HOME.resolve("loganalyze"), home.resolve("loganalyze"));
    Files.copy(Path.of(System.getProperty("loganalyze.jar")), home.resolve("loganalyze.jar"));
    for (String log : List.of("14-fstab-missing-uuid-emergency.log", "27-panic-reboot-loop.log")) {
      Files.copy(HOME.resolve("sample-logs").resolve(log), home.resolve("sample-logs/" + log));
    }
    return home;
  }

  private static List<Path> archives(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(f -> f.toString().endsWith(".jsa")).toList();
    }
  }

  @Test
  void installedItStartsFromAnArchiveThatItsFirstRunMakes() throws Exception {
    Path home = installed();
    Path summary = folder.resolve("summary.md");
    String run = "GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=" + summary + " ./loganalyze --version";
    Result first = sh(home, run);
    assertEquals(0, first.status());
    assertEquals("", first.err());
    assertTrue(!Files.exists(summary), "the practice run is no part of the job");
    Path archive = archives(home.resolve("cache")).get(0);
    assertTrue(Files.size(archive) > 1_000_000);
    Object made = Files.getAttribute(archive, "unix:ctime");
    assertEquals(first, sh(home, run));
    assertEquals(made, Files.getAttribute(archive, "unix:ctime"));
    Files.setLastModifiedTime(home.resolve("loganalyze.jar"), FileTime.fromMillis(0));
    assertEquals(first, sh(home, run));
    assertTrue(!made.equals(Files.getAttribute(archive, "unix:ctime")), "the jar is another one");
  }

  @Test
  void whereItsFolderTakesNoArchiveTheUsersCacheDoes() throws Exception {
    Path home = installed();
    Files.createFile(home.resolve("cache"));
    Result result = sh(home, "XDG_CACHE_HOME=" + folder + "/xdg ./loganalyze --version");
    assertEquals(0, result.status());
    assertEquals("", result.err());
    assertTrue(Files.size(archives(folder.resolve("xdg/loganalyze")).get(0)) > 1_000_000);
  }

  @Test
  void whereNothingTakesAnArchiveItRunsAllTheSame() throws Exception {
    Path home = installed();
    Files.createFile(home.resolve("cache"));
    for (String user : List.of("-u HOME", "HOME=/dev/null", "HOME=/proc")) {
      Result result = sh(home, "env -u XDG_CACHE_HOME " + user + " ./loganalyze --version");
      assertEquals(0, result.status());
      assertEquals("", result.err());
      assertTrue(result.out().startsWith("loganalyze "), result.out());
    }
  }

  /** Java in this test makes what it is asked for, and writes down what that was. */
  @Test
  void fromJava25OnItStartsFromAnAheadOfTimeCache() throws Exception {
    Path home = installed();
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho \"${1%%=*}\" >>calls\necho made >\"${1#*=}\"\n");
    assertTrue(java.toFile().setExecutable(true));
    String path = java.getParent() + ":" + System.getenv("PATH");
    String archives = "-XX:ArchiveClassesAtExit\n-XX:SharedArchiveFile\n";
    String caches = "-XX:AOTCacheOutput\n-XX:AOTCache\n";
    for (String version : List.of("17.0.15", "24", "25", "25.0.3", "100-ea", "")) {
      Path release = folder.resolve("jdk/release");
      if (version.isEmpty()) {
        Files.delete(release);
      } else {
        Files.writeString(
            release, "IMPLEMENTOR=\"A\"\nJAVA_VERSION=\"" + version + "\"\nOS=\"B\"\n");
      }
      boolean old = version.isEmpty() || version.startsWith("17") || version.equals("24");
      Result result = sh(home, path, "rm -rf cache calls; ./loganalyze; cat calls");
      assertEquals(new Result(0, old ? archives : caches, ""), result, version);
    }
  }
}

package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The program in real processes, in a folder that holds nothing else. In a script {@code la} is the
 * program ({@code $LA}, the same for other programs to run), {@code $HERE} this checkout, and
 * {@code $BOOT} a log of a boot that failed.
 */
final class Bash {
  static final Path HERE = Path.of("").toAbsolutePath();
  private static final String JAR = System.getProperty("loganalyze.jar");
  private static final String JAVA = ProcessHandle.current().info().command().orElse("java");
  private static final List<String> OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Path folder;
  private final Path streams;

  record Result(int status, String out, String err) {}

  /** Asks that the program refused with a sentence that has these words. */
  static void refused(Result result, String words) {
    assertEquals(2, result.status(), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().startsWith("loganalyze: "), result.err());
    assertTrue(result.err().contains(words), result.err());
  }

  /** Processes work in {@code temp/work}. */
  Bash(Path temp) throws IOException {
    folder = Files.createDirectory(temp.resolve("work"));
    streams = Files.createDirectory(temp.resolve("streams"));
  }

  Path folder() {
    return folder;
  }

  /** Runs {@code script} to its end. */
  Result run(String script) throws Exception {
    String la = "la() { $LA \"$@\"; }\n";
    return result(start(List.of("bash", "-c", la + script)), script);
  }

  /**
   * Starts the program; SIGINT ends it, whatever this process does about that signal.
   *
   * @param arguments of the program
   */
  Process loganalyze(String... arguments) throws IOException {
    return java("-Xms16m", arguments);
  }

  /** Likewise, with an option for Java. */
  Process java(String option, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT,TERM", JAVA));
    command.addAll(OPTIONS);
    command.add(option);
    command.addAll(List.of("-jar", JAR));
    command.addAll(List.of(arguments));
    return start(command);
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(streams.resolve("out").toFile())
            .redirectError(streams.resolve("err").toFile());
    builder.environment().put("JAR", JAR);
    builder
        .environment()
        .put("LA", JAVA + " " + String.join(" ", OPTIONS) + " -Xms16m -jar " + JAR);
    builder.environment().put("HERE", HERE.toString());
    builder.environment().put("BOOT", HERE.resolve("sample-logs/02-panic-wrong-root.log") + "");
    builder.environment().remove("COLUMNS");
    return builder.start();
  }

  /** What {@code process} came to. */
  Result result(Process process, String what) throws Exception {
    try {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), what);
    } finally {
      process.destroyForcibly();
    }
    return new Result(process.exitValue(), read("out"), read("err"));
  }

  private String read(String stream) throws IOException {
    return new String(Files.readAllBytes(streams.resolve(stream)), StandardCharsets.UTF_8);
  }

  /** The names of all files in the folder, hidden ones too. */
  List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}

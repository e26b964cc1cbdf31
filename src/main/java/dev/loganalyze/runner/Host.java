package dev.loganalyze.runner;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The programs of this machine.
 *
 * @param path the folders that are searched for them, as in {@code PATH}
 */
public record Host(String path) {

  /** Where the program {@code name} lies. */
  public Optional<Path> find(String name) {
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path program = Path.of(folder.isEmpty() ? "." : folder, name);
      if (Files.isRegularFile(program) && Files.isExecutable(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  /**
   * What a program said and how it ended.
   *
   * @param status its exit status; -1 when it was stopped at the limit
   * @param out its standard output
   * @param err its standard error
   */
  public record Answer(int status, String out, String err) {}

  /**
   * Runs {@code command} with nothing to read, for at most {@code millis}.
   *
   * @throws IOException when it cannot be started
   */
  static Answer ask(List<String> command, long millis) throws IOException {
    Path out = Files.createTempFile("loganalyze", ".out");
    Path err = Files.createTempFile("loganalyze", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      int status = -1;
      try {
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
          status = process.exitValue();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        process.destroyForcibly();
      }
      return new Answer(status, read(out), read(err));
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}

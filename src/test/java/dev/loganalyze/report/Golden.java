package dev.loganalyze.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that hold what a report must be; {@code -Dgolden=update} rewrites them. */
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/report");

  private Golden() {}

  /** Fails unless {@code actual} is what the golden file {@code name} holds, byte for byte. */
  static void check(String name, byte[] actual) throws IOException {
    Path file = FOLDER.resolve(name);
    if ("update".equals(System.getProperty("golden"))) {
      Files.createDirectories(FOLDER);
      Files.write(file, actual);
    }
    assertEquals(
        Files.readString(file),
        new String(actual, StandardCharsets.UTF_8),
        () -> name + " differs; look, and rewrite it with -Dgolden=update");
  }
}

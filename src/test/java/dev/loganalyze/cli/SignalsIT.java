package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * SIGINT and SIGTERM end the program at any time: at once, quietly, and with whole files or none.
 */
class SignalsIT {
  private static final Path BOOT = Path.of("sample-logs/07-debian-ok-initrd.log").toAbsolutePath();

  @TempDir Path temp;
  private Bash bash;

  @BeforeEach
  void start() throws Exception {
    bash = new Bash(temp);
  }

  private static void send(String signal, Process process) throws Exception {
    assertEquals(
        0, new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor(), signal);
  }

  private void endsWith(int status, Process process) throws Exception {
    assertEquals(new Bash.Result(status, "", ""), bash.result(process, "does not end"));
  }

  /** Boots one after the other, so that work takes a while. */
  private Path large() throws Exception {
    Path log = temp.resolve("large.log");
    byte[] boot = Files.readAllBytes(BOOT);
    try (OutputStream out = Files.newOutputStream(log)) {
      for (int i = 0; i < 120; i++) {
        out.write(boot);
      }
    }
    return log;
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void whileItWaitsForALog(String signal, int status) throws Exception {
    bash.run("mkfifo log");
    Process process = bash.loganalyze("--format", "json=out.json", "log");
    // Opened when the program opens it.
    try (OutputStream out = new FileOutputStream(bash.folder().resolve("log").toFile())) {
      out.write(Files.readAllBytes(BOOT));
      out.flush();
      send(signal, process);
      endsWith(status, process);
    }
    assertEquals(List.of("log"), bash.files());
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void whileItWritesAFile(String signal, int status) throws Exception {
    Files.writeString(bash.folder().resolve("out.html"), "old");
    Process process = bash.loganalyze("--format", "html=out.html", large().toString());
    while (process.isAlive() && bash.files().size() < 2) {
      Thread.sleep(1);
    }
    send(signal, process);
    endsWith(status, process);
    assertEquals(List.of("out.html"), bash.files());
    assertEquals("old", Files.readString(bash.folder().resolve("out.html")));
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void whileNobodyReadsWhatItPrints(String signal, int status) throws Exception {
    bash.run("mkfifo page");
    Process process = bash.loganalyze("--format", "html=page", BOOT.toString());
    try (var in = Files.newInputStream(bash.folder().resolve("page"))) {
      assertEquals('<', in.read());
      send(signal, process);
      endsWith(status, process);
    }
    assertEquals(List.of("page"), bash.files());
  }

  @Test
  void atAnyOtherTime() throws Exception {
    String log = large().toString();
    long start = System.nanoTime();
    bash.result(bash.loganalyze("--format", "json=out.json", log), log);
    long whole = (System.nanoTime() - start) / 1_000_000;
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Files.deleteIfExists(bash.folder().resolve("out.json"));
      Process process = bash.loganalyze("--format", "json=out.json", log);
      Thread.sleep(whole * (i + 1) / 8);
      process.destroy();
      Bash.Result result = bash.result(process, "does not end");
      assertEquals("", result.err());
      statuses.add(result.status());
      if (bash.files().isEmpty()) {
        assertEquals(143, result.status());
      } else {
        assertEquals(List.of("out.json"), bash.files());
        new ObjectMapper().readTree(bash.folder().resolve("out.json").toFile());
      }
    }
    assertTrue(statuses.contains(143), statuses.toString());
  }
}

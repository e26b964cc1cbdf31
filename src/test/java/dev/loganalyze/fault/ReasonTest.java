package dev.loganalyze.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonTest {
  @TempDir Path folder;

  @Test
  void itIsWhatHappenedWithoutTheNameOfAFile() throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[] {'x', (byte) 0xff});
    for (Case one :
        new Case[] {
          new Case("it is not there", () -> Files.readString(folder.resolve("b"))),
          new Case("it is not UTF-8; save it as UTF-8", () -> Files.readString(file)),
          new Case("it is no folder", () -> Files.createDirectories(file)),
          new Case("Is a directory", () -> Files.readString(folder)),
        }) {
      assertEquals(one.reason, Reason.of(assertThrows(IOException.class, one.work::run)));
    }
    FileSystemException full = new FileSystemException("/a", "/b", "No space left on device");
    assertEquals("No space left on device", Reason.of(new UncheckedIOException(full)));
    assertEquals("EOFException", Reason.of(new EOFException()));
  }

  private interface Work {
    void run() throws IOException;
  }

  private record Case(String reason, Work work) {}
}

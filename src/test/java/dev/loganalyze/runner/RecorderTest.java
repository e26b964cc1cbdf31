package dev.loganalyze.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.transcript.Chunks;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  @TempDir Path temp;

  @Test
  void bytesAreThoseOfTheConsoleAndTimesThoseOfTheirWriting() throws Exception {
    Path log = temp.resolve("serial.log");
    Path record = temp.resolve("serial.chunks");
    Pipe pipe = Pipe.open();
    Recorder recorder =
        new Recorder(
            Channels.newInputStream(pipe.source()),
            log,
            record,
            new Console(new ByteArrayOutputStream(), null));
    recorder.start();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<long[]> written = new ArrayList<>();
    try (OutputStream out = Channels.newOutputStream(pipe.sink())) {
      for (int i = 0; i < 30; i++) {
        byte[] line =
            ("line " + i + " \u001b[1m\u00ff\r\n")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        written.add(
            new long[] {all.size(), ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())});
        out.write(line);
        all.write(line);
        Thread.sleep(10);
      }
    }
    assertTrue(recorder.join(5000));
    assertArrayEquals(all.toByteArray(), Files.readAllBytes(log));
    assertEquals(all.size(), recorder.length());
    Chunks chunks = Chunks.of(Files.readAllBytes(record));
    List<Long> late = new ArrayList<>();
    long before = 0;
    for (long[] line : written) {
      long at = chunks.at((int) line[0]);
      assertTrue(at >= before, "times go back");
      before = at;
      late.add(at - line[1]);
    }
    late.sort(null);
    // One in ten may have waited for a processor of a busy machine.
    assertTrue(late.get(0) > -1000 && late.get(26) <= 20_000, late.toString());
  }
}

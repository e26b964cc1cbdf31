package dev.loganalyze.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.input.Inputs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ChunksTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aLineArrivesWithTheChunkThatHoldsItsFirstByte() {
    Chunks chunks =
        Chunks.of(
            bytes(
                "# host_start_utc\t1970-01-01T00:01:00.000000Z\n"
                    + "# seconds_since_start\toffset\tlen\n"
                    + "0.5\t0\t4\n1.25\t4\t10\n"));
    // The second line begins in the first chunk and ends in the second.
    assertEquals(60_500_000, chunks.at(0));
    assertEquals(60_500_000, chunks.at(3));
    assertEquals(61_250_000, chunks.at(4));
    assertEquals(61_250_000, chunks.at(99));
  }

  @Test
  void jsonLinesTellOffsetLengthAndSeconds() {
    Chunks chunks = Chunks.of(bytes("{\"start_epoch\": 100.5}\n[0,2,1.0]\n[2,2,2.0]\n"));
    assertEquals(101_500_000, chunks.at(1));
    assertEquals(102_500_000, chunks.at(2));
  }

  @Test
  void rubbishIsNoRecordAndTornLinesArePassedOver() {
    assertTrue(Chunks.of(bytes("hello\n[1\n{\n\t\t\n")).isEmpty());
    assertEquals(1_000_000, Chunks.of(bytes("1.0\t0\t4\n2.0\t")).at(9));
  }

  @Test
  void arrivalsOfARealBootNeverGoBackAndSpanItsTime() throws Exception {
    Path boots = Path.of("../shared/logs/boots");
    byte[] log = read(boots.resolve("deb12-direct.log.gz"));
    Chunks chunks = Chunks.of(read(boots.resolve("deb12-direct.chunks.gz")));
    for (int i = 1; i < log.length; i++) {
      assertTrue(chunks.at(i) >= chunks.at(i - 1));
    }
    long seconds = (chunks.at(log.length - 1) - chunks.at(0)) / 1_000_000;
    assertTrue(seconds > 10 && seconds < 600, seconds + " s");
  }

  private static byte[] read(Path path) throws Exception {
    return Inputs.open(new Inputs.Located(path.toString(), path, true)).logs().get(0).content();
  }
}

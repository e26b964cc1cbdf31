package dev.loganalyze.stamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StampReaderTest {
  /** A reader may know a stamp again, but what it read before never changes what it says. */
  @Test
  void saysOfEachLineWhatOneThatReadNoneBeforeSays() throws IOException {
    Random random = new Random(1);
    List<byte[]> lines = lines();
    int stamps = 0;
    for (StampFormat format : StampFormat.all()) {
      StampReader reader = new StampReader(format);
      for (int i = 0; i < 20_000; i++) {
        byte[] line = lines.get(random.nextInt(lines.size())).clone();
        int to = random.nextInt(3) == 0 ? random.nextInt(line.length + 1) : line.length;
        for (int again = random.nextInt(3); again >= 0; again--) {
          StampReader fresh = new StampReader(format);
          boolean stands = fresh.read(line, 0, to);
          assertEquals(stands, reader.read(line, 0, to));
          if (stands) {
            int second = to > 1 ? line[1] & 0xff : -1;
            assertTrue(format.mayBegin(line[0], second), () -> format + " with " + (char) second);
            stamps++;
            assertEquals(fresh.end(), reader.end());
            assertEquals(fresh.micros(), reader.micros());
          }
          // The next differs a little, if at all.
          if (to > 0 && random.nextBoolean()) {
            line[random.nextInt(Math.min(to, 40))] = line[random.nextInt(to)];
          }
        }
      }
    }
    assertTrue(stamps > 10_000, stamps + " stamps");
  }

  private static List<byte[]> lines() throws IOException {
    List<byte[]> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/stamps"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        byte[] log = Files.readAllBytes(file);
        int from = 0;
        for (int at = 0; at < Math.min(log.length, 4096); at++) {
          if (log[at] == '\n') {
            lines.add(Arrays.copyOfRange(log, from, at));
            from = at + 1;
          }
        }
      }
    }
    return lines;
  }
}

package dev.loganalyze.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void findsWhereAByteStandsFirst() {
    Random random = new Random(1);
    byte[] values = {0, 1, '[', '\\', (byte) 0x80, (byte) 0x81, (byte) 0xff};
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int b = 0; b < bytes.length; b++) {
        bytes[b] = values[random.nextInt(values.length)];
      }
      byte wanted = values[random.nextInt(values.length)];
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      int expected = from;
      while (expected < to && bytes[expected] != wanted) {
        expected++;
      }
      assertEquals(expected, Words.indexOf(wanted, bytes, from, to));
    }
  }
}

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

  @Test
  void tellsWhetherAllEightBytesArePrintable() {
    Random random = new Random(2);
    byte[] values = {
      0, '\t', 0x1f, ' ', '!', 'a', '~', 0x7f, (byte) 0x80, (byte) 0xa0, (byte) 0xff
    };
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[Long.BYTES];
      boolean expected = true;
      for (int b = 0; b < bytes.length; b++) {
        // Mostly those that are, or hardly any word would be.
        bytes[b] = values[random.nextInt(8) > 0 ? 3 + random.nextInt(4) : random.nextInt(11)];
        expected &= bytes[b] >= ' ' && bytes[b] <= '~';
      }
      assertEquals(expected, Words.isPrintable(Words.at(bytes, 0)));
    }
  }
}

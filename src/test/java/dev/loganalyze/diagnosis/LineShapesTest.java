package dev.loganalyze.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a text differs from run to run. */
class LineShapesTest {
  @ParameterizedTest
  @CsvSource({
    "a-cpu12, a-cpu0",
    "a-node12.service, a-node0.service",
    "sda1, sda0",
    "table7, table0",
    "0000:00:1f.2, 0:0:0f.0",
    "at ffff88810a3c2000, at 0",
    "pid 1234567890, pid 0",
    "added 5 faces, added 0 faces",
    "'', ''"
  })
  void everyNumberIsZero(String text, String shape) {
    assertEquals(shape, LineShapes.of(text));
  }
}

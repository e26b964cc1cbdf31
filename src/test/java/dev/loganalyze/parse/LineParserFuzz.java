package dev.loganalyze.parse;

import dev.loganalyze.Fuzz;
import java.util.List;

/** Of any bytes holds what {@link LineParserPropertyTest} and {@link EnginesTest} say. */
public final class LineParserFuzz {
  private LineParserFuzz() {}

  public static List<byte[]> seeds() {
    return Fuzz.logs(600);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    LineParserPropertyTest.holds(input);
    EnginesTest.bothEnginesMakeTheSame(input);
  }
}

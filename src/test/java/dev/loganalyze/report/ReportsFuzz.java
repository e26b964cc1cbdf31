package dev.loganalyze.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.loganalyze.Fuzz;
import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Asked;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Source;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.timing.Budgets;
import dev.loganalyze.timing.UnitFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Of any log, by any name, each report is well-formed, and made of text alone. */
public final class ReportsFuzz {
  private static final Analyzer ANALYZER = analyzer();

  private ReportsFuzz() {}

  private static Analyzer analyzer() {
    Asked asked = new Asked(List.of(), null, Budgets.NONE, UnitFacts.NONE, true, true, true, 1);
    return new Analyzer(RuleSet.builtIn(), asked);
  }

  /** A log; where it begins with {@code NAME:}, the rest of its first line is its name. */
  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>(Fuzz.logs(2000));
    for (Attack attack : Attack.values()) {
      seeds.add(attack.log().getBytes(StandardCharsets.UTF_8));
      seeds.add(("NAME:" + attack.text() + "\n" + attack.log()).getBytes(StandardCharsets.UTF_8));
    }
    return seeds;
  }

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, 0, Math.min(300, input.length), StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    boolean named = text.startsWith("NAME:") && end > 5;
    String name = named ? text.substring(5, end) : "serial.log";
    byte[] log = named ? Arrays.copyOfRange(input, 5, input.length) : input;
    Source source = new Source(name, Source.Compression.NONE, log.length, "0".repeat(64), log, "");
    try {
      Run run = ANALYZER.analyze(source);
      Run again = ANALYZER.analyze(source);
      // Each input is written in one form, and all inputs together in all forms.
      Sink[] sinks = Sink.values();
      Sink sink = sinks[Math.floorMod(Arrays.hashCode(input), sinks.length)];
      byte[] report = sink.bytes(List.of(run));
      assertArrayEquals(report, sink.bytes(List.of(again)), "two answers");
      sink.check(report);
    } catch (InputException e) {
      Sink.TEXT.check((e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

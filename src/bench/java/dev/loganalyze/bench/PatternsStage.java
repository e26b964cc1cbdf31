package dev.loganalyze.bench;

import dev.loganalyze.bytes.Words;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.pattern.PatternSet;
import dev.loganalyze.rules.RuleSet;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Lines to the patterns that occur in them. */
@State(Scope.Thread)
public class PatternsStage {
  private final byte[] log = Sample.log();

  @Param({"60", "500"})
  public int patterns;

  private final int[] from = new int[Sample.BYTES / 10];
  private final int[] to = new int[from.length];
  private final boolean[] suspects = new boolean[from.length];

  private PatternSet set;
  private final BitSet hits = new BitSet();

  @Setup
  public void set() {
    set = new PatternSet(some(patterns));
  }

  /** So many patterns of the rules that come with the program, of all families. */
  static List<Expression> some(int count) {
    List<Expression> all = Patterns.of(RuleSet.builtIn());
    return IntStream.range(0, count).mapToObj(i -> all.get(i * all.size() / count)).toList();
  }

  @Benchmark
  @OperationsPerInvocation(Sample.BYTES)
  public int patterns() {
    int lines = 0;
    int begin = 0;
    while (begin < log.length) {
      from[lines] = begin;
      to[lines] = Words.indexOf((byte) '\n', log, begin, log.length);
      begin = to[lines++] + 1;
    }
    int found = 0;
    try (PatternSet.Scanner scanner = set.scanner()) {
      scanner.suspect(log, from, to, lines, suspects);
      for (int i = 0; i < lines; i++) {
        if (suspects[i]) {
          hits.clear();
          scanner.scan(log, from[i], to[i], hits);
          found += hits.cardinality();
        }
      }
    }
    return found;
  }
}

package dev.loganalyze.bench;

import dev.loganalyze.bytes.Words;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.parse.LineScanner;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Line by line, who speaks and what shape of sentence: by the table, and by ANTLR itself. */
@State(Scope.Thread)
public class EnvelopeStage {
  private final byte[] log = Sample.log();

  @Param public LineParser.Engine engine;

  private LineScanner scanner;

  @Benchmark
  @OperationsPerInvocation(Sample.BYTES)
  public int envelope() {
    if (scanner == null) {
      scanner = LineScanner.of(Arrays.copyOf(log, 1 << 16), engine);
    }
    int told = 0;
    for (int from = 0; from < log.length; ) {
      int to = Words.indexOf((byte) '\n', log, from, log.length);
      int records = scanner.read(log, from, to, true);
      for (int i = 0; i < records; i++) {
        told += scanner.shape(i).ordinal() + scanner.messageFrom(i);
      }
      from = to + 1;
    }
    return told;
  }
}

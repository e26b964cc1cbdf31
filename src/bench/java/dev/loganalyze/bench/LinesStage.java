package dev.loganalyze.bench;

import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.transcript.Transcript;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A transcript to entries, the terminal's work included: by the table, and by ANTLR itself. */
@State(Scope.Thread)
public class LinesStage {
  private final Transcript transcript = Transcript.console(Sample.log());

  @Param public LineParser.Engine engine;

  @Benchmark
  @OperationsPerInvocation(Sample.BYTES)
  public Entries lines() {
    return LineParser.parse(transcript, engine);
  }
}

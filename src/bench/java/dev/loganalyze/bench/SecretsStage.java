package dev.loganalyze.bench;

import dev.loganalyze.transcript.Transcript;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A transcript to one without secrets. */
@State(Scope.Thread)
public class SecretsStage {
  private final Transcript transcript = Transcript.console(Sample.log());

  @Benchmark
  @OperationsPerInvocation(Sample.BYTES)
  public Transcript secrets() {
    return transcript.masked();
  }
}

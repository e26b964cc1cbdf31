package dev.loganalyze.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Each stage by itself, warm, by one thread; and ripgrep with the patterns of {@link
 * PatternsStage}. Prints Markdown; {@code src/bench/all} runs it.
 */
final class Stages {
  private static final Path FOLDER = Path.of("target", "bench");
  private static final int RUNS = 9;

  /** Of the log that ripgrep reads, so that its start hardly counts; times {@link Sample}'s. */
  private static final int COPIES = 20;

  private Stages() {}

  public static void main(String[] args) throws Exception {
    Files.createDirectories(FOLDER);
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("Stage\\.")
                    .mode(Mode.Throughput)
                    .timeUnit(TimeUnit.MICROSECONDS)
                    .forks(1)
                    .warmupIterations(4)
                    .warmupTime(TimeValue.seconds(2))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(2))
                    .jvmArgs("-XX:+UseSerialGC", "-Xmx2g")
                    .addProfiler(GCProfiler.class)
                    .shouldFailOnError(true)
                    .output(FOLDER.resolve("jmh.txt").toString())
                    .build())
            .run();
    System.out.println("| stage | MB/s, median | bytes allocated a byte |\n|---|---|---|");
    for (RunResult result : results) {
      String name = result.getPrimaryResult().getLabel();
      for (String param : result.getParams().getParamsKeys()) {
        name += ", " + param + " " + result.getParams().getParam(param);
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.2f |%n",
          name,
          // Bytes a microsecond are megabytes a second.
          result.getPrimaryResult().getStatistics().getPercentile(50),
          result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
    }
    for (int patterns : new int[] {60, 500}) {
      System.out.printf(
          Locale.ROOT, "| ripgrep, patterns %d | %.0f | |%n", patterns, ripgrep(patterns));
    }
  }

  /** MB/s of ripgrep that counts the lines with a pattern, its start included. */
  private static double ripgrep(int count) throws Exception {
    Path patterns = FOLDER.resolve("patterns-" + count + "-stage.txt");
    Files.write(patterns, Patterns.ripgrep(PatternsStage.some(count)));
    Path log = FOLDER.resolve("stages.log");
    byte[] sample = Sample.log();
    try (var out = Files.newOutputStream(log)) {
      for (int i = 0; i < COPIES; i++) {
        out.write(sample);
      }
    }
    double[] runs = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      List<String> command = new ArrayList<>(List.of("rg", "-j1", "--no-unicode", "-a", "-c"));
      command.addAll(List.of("--dfa-size-limit", "1G", "--regex-size-limit", "1G"));
      command.addAll(List.of("-f", patterns.toString(), log.toString()));
      File counted = FOLDER.resolve("output.txt").toFile();
      int status = new ProcessBuilder(command).redirectOutput(counted).start().waitFor();
      // 1 says that there was none.
      if (status > 1) {
        throw new IllegalStateException("ripgrep ended with status " + status);
      }
      runs[i] = (System.nanoTime() - start) / 1e3;
    }
    Arrays.sort(runs);
    return (double) COPIES * Sample.BYTES / runs[RUNS / 2];
  }
}

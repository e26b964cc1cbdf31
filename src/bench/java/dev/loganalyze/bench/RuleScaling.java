package dev.loganalyze.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.loganalyze.pattern.Expression;
import dev.loganalyze.pattern.PatternSet;
import dev.loganalyze.rules.RuleSet;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What 500 more rules cost: the whole program, and the search for patterns alone, on 50 MB made of
 * this checkout's sample logs. Prints Markdown; run by {@code src/bench/all}.
 */
final class RuleScaling {
  private static final int LOG_BYTES = 50_000_000;
  private static final int MORE_RULES = 500;
  private static final int RUNS = 5;
  private static final Path FOLDER = Path.of("target", "bench");

  private RuleScaling() {}

  public static void main(String[] args) throws Exception {
    Files.createDirectories(FOLDER);
    Path log = log();
    Path rules = FOLDER.resolve("more-rules");
    Patterns.writeRules(rules, MORE_RULES);
    System.out.printf(
        Locale.ROOT,
        "log: %,d bytes; %d rules, and %d more%n%n",
        Files.size(log),
        RuleSet.builtIn().rules().size(),
        MORE_RULES);
    wholeProgram(log, rules);
    patternsAlone(log, rules);
  }

  /** Real boots, one after the other, all digits of each copy drawn anew. */
  private static Path log() throws Exception {
    List<byte[]> boots = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("sample-logs"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
        boots.add(Files.readAllBytes(file));
      }
    }
    Random random = new Random(1);
    Path log = FOLDER.resolve("boots.log");
    long written = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(log))) {
      while (written < LOG_BYTES) {
        byte[] boot = boots.get(random.nextInt(boots.size())).clone();
        for (int i = 0; i < boot.length; i++) {
          // Escape sequences and stamps keep their digits, else it would be no boot.
          boolean number = boot[i] >= '1' && boot[i] <= '9' && i > 2 && boot[i - 1] == ' ';
          boot[i] = number ? (byte) ('1' + random.nextInt(9)) : boot[i];
        }
        out.write(boot);
        out.write('\n');
        written += boot.length + 1;
      }
    }
    return log;
  }

  private static void wholeProgram(Path log, Path rules) throws Exception {
    double[] plain = new double[RUNS];
    double[] more = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      plain[i] = seconds(java(log));
      more[i] = seconds(java(log, "--rules", rules.toString()));
    }
    System.out.println("| whole program | s, median of " + RUNS + " | ratio |\n|---|---|---|");
    row("the rules that come with it", median(plain), median(plain));
    row("and " + MORE_RULES + " more", median(more), median(plain));
    System.out.println();
  }

  private static List<String> java(Path log, String... more) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("java", "-XX:+UseSerialGC", "-Xmx3g", "-jar", "target/loganalyze.jar"));
    command.addAll(List.of(more));
    command.addAll(List.of("--fail-on", "never", log.toString()));
    return command;
  }

  private static double seconds(List<String> command) throws Exception {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(new File(FOLDER.toFile(), "errors.txt"))
            .start();
    int status = process.waitFor();
    if (status > 1) {
      throw new IllegalStateException(String.join(" ", command) + " ended with status " + status);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void patternsAlone(Path log, Path rules) throws Exception {
    byte[] text = Files.readAllBytes(log);
    List<Expression> builtIn = Patterns.of(RuleSet.builtIn());
    List<Expression> all = Patterns.of(RuleSet.with(List.of(rules)));
    search(text, builtIn);
    double few = search(text, builtIn);
    double many = search(text, all);
    System.out.println(
        "| patterns alone, one thread | s, median of " + RUNS + " | ratio |\n|---|---|---|");
    row(builtIn.size() + " patterns", few, few);
    row(all.size() + " patterns", many, few);
    if (new ProcessBuilder("sh", "-c", "command -v rg").start().waitFor() == 0) {
      row("ripgrep, " + builtIn.size() + " patterns, lines counted", ripgrep(log, builtIn), few);
      row("ripgrep, " + all.size() + " patterns, lines counted", ripgrep(log, all), few);
    }
    byte[] start = Arrays.copyOf(text, text.length / 50);
    long began = System.nanoTime();
    for (String line : new String(start, UTF_8).split("\n", -1)) {
      for (Expression expression : builtIn) {
        expression.occursIn(line);
      }
    }
    row(
        "RE2/J, one after the other (of one 50th of the log, times 50)",
        50 * (System.nanoTime() - began) / 1e9,
        few);
  }

  private static double search(byte[] text, List<Expression> expressions) {
    double[] runs = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      // Each run makes its states anew: a cold automaton, a warm compiler.
      PatternSet set = new PatternSet(expressions);
      long start = System.nanoTime();
      BitSet hits = new BitSet();
      long found = 0;
      try (PatternSet.Scanner scanner = set.scanner()) {
        int from = 0;
        while (from < text.length) {
          int to = from;
          while (to < text.length && text[to] != '\n') {
            to++;
          }
          hits.clear();
          scanner.scan(text, from, to, hits);
          found += hits.cardinality();
          from = to + 1;
        }
      }
      runs[run] = (System.nanoTime() - start) / 1e9;
      if (found == 0) {
        throw new IllegalStateException("no pattern was found in a log full of faults");
      }
    }
    return median(runs);
  }

  private static double ripgrep(Path log, List<Expression> expressions) throws Exception {
    Path patterns = FOLDER.resolve("patterns.txt");
    Files.write(patterns, Patterns.ripgrep(expressions));
    double[] runs = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      runs[i] =
          seconds(
              List.of(
                  "rg",
                  "-j1",
                  "--no-unicode",
                  "--dfa-size-limit",
                  "1G",
                  "--regex-size-limit",
                  "1G",
                  "-a",
                  "-c",
                  "-f",
                  patterns.toString(),
                  log.toString()));
    }
    return median(runs);
  }

  private static void row(String what, double seconds, double base) {
    System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f |%n", what, seconds, seconds / base);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

package dev.loganalyze;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for inputs that break what must always hold: {@code mvn -Pfuzz verify -DskipTests}.
 *
 * <p>A target is a class {@code …Fuzz} that throws when an invariant is broken. Jazzer changes its
 * inputs, keeps those that reach code that no other has reached, and starts from {@code seeds()}.
 * What breaks a target is kept in {@code src/test/resources/fuzz/TARGET}, where {@link FuzzTest}
 * finds it.
 */
public final class Fuzz {
  /**
   * The targets, each with its share of the time, and the most bytes of an input: longer ones reach
   * nothing that these do not, and are slower.
   */
  enum Target {
    TERMINAL("terminal.TerminalFuzz", 8, 250),
    LEXER("parse.LexerFuzz", 10, 120),
    PARSER("parse.LineParserFuzz", 2, 800),
    PATTERNS("pattern.PatternSetFuzz", 4, 150),
    RULES("rules.RuleReaderFuzz", 2, 4000),
    JOURNALS("journal.JournalsFuzz", 3, 2000),
    SECRETS("transcript.SecretsFuzz", 3, 800),
    ARCHIVES("input.ArchivesFuzz", 3, 4000),
    RUN_FOLDERS("diagnosis.RunFoldersFuzz", 4, 4000),
    REPORTS("report.ReportsFuzz", 5, 4000),
    COST("diagnosis.CostFuzz", 2, 400);

    private final String type;
    private final int share;
    private final int length;

    Target(String type, int share, int length) {
      this.type = "dev.loganalyze." + type;
      this.share = share;
      this.length = length;
    }

    /** What broke it once. */
    Path found() {
      return Path.of("src/test/resources/fuzz", name().toLowerCase(Locale.ROOT));
    }

    /** Throws when something that must hold does not hold of {@code input}. */
    void run(byte[] input) throws Throwable {
      try {
        method("fuzzerTestOneInput", byte[].class).invoke(null, (Object) input);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    /** Good inputs to begin with. */
    @SuppressWarnings("unchecked")
    List<byte[]> seeds() throws ReflectiveOperationException {
      return (List<byte[]>) method("seeds").invoke(null);
    }

    private Method method(String name, Class<?>... parameters) throws ReflectiveOperationException {
      return Class.forName(type).getMethod(name, parameters);
    }
  }

  /** An input that takes as many seconds is a violation. */
  private static final int TIMEOUT = 60;

  private static final Path WORK = Path.of("target/fuzz");
  private static final Pattern RUNS = Pattern.compile("stat::number_of_executed_units: (\\d+)");
  private static final Pattern KEPT = Pattern.compile("stat::new_units_added: +(\\d+)");

  private Fuzz() {}

  /**
   * Fuzzes all targets, one after the other.
   *
   * @param args seconds for all of them; the seed; the one target to fuzz, or {@code all}
   */
  public static void main(String[] args) throws Exception {
    int seconds = Integer.parseInt(args[0]);
    List<Target> targets =
        args[2].equals("all")
            ? List.of(Target.values())
            : List.of(Target.valueOf(args[2].toUpperCase(Locale.ROOT)));
    int shares = targets.stream().mapToInt(t -> t.share).sum();
    long all = 0;
    List<Target> broken = new ArrayList<>();
    for (Target target : targets) {
      Path log = WORK.resolve(target.name().toLowerCase(Locale.ROOT) + ".log");
      boolean held = fuzz(target, Math.max(1, seconds * target.share / shares), args[1], log);
      long runs = figure(RUNS, log);
      all += runs;
      System.out.printf(
          Locale.ROOT,
          "%-12s %,12d inputs, %,7d kept%s%n",
          target.name().toLowerCase(Locale.ROOT),
          runs,
          figure(KEPT, log),
          held ? "" : "; BROKEN, see " + log);
      if (!held) {
        broken.add(target);
      }
    }
    System.out.printf(Locale.ROOT, "%-12s %,12d inputs, seed %s%n", "all", all, args[1]);
    System.exit(broken.isEmpty() ? 0 : 1);
  }

  private static boolean fuzz(Target target, int seconds, String seed, Path log) throws Exception {
    Path folder = WORK.resolve(target.name().toLowerCase(Locale.ROOT));
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path seeds = Files.createDirectories(folder.resolve("seeds"));
    int number = 0;
    for (byte[] one : target.seeds()) {
      Files.write(seeds.resolve("seed-" + number++), one);
    }
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx768m",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + target.type,
            "--instrumentation_includes=dev.loganalyze.**",
            "--custom_hook_includes=dev.loganalyze.**",
            "--reproducer_path=" + folder.toAbsolutePath(),
            "-artifact_prefix=" + folder.toAbsolutePath() + "/broken-",
            "-seed=" + seed,
            "-max_total_time=" + seconds,
            "-max_len=" + target.length,
            "-timeout=" + TIMEOUT,
            "-print_final_stats=1",
            corpus.toString(),
            seeds.toString()));
    if (Files.isDirectory(target.found())) {
      command.add(target.found().toString());
    }
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return process.waitFor() == 0;
  }

  private static long figure(Pattern pattern, Path log) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(log), StandardCharsets.ISO_8859_1))) {
      long last = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = pattern.matcher(line);
        last = matcher.find() ? Long.parseLong(matcher.group(1)) : last;
      }
      return last;
    }
  }

  // ---- what targets share -----------------------------------------------------------------------

  /** Real logs in pieces of whole lines and about {@code length} bytes. */
  public static List<byte[]> logs(int length) {
    List<byte[]> pieces = new ArrayList<>();
    for (Path folder : List.of(Path.of("sample-logs"), Path.of("../shared/logs"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
            pieces.addAll(pieces(Files.readAllBytes(file), length));
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return pieces;
  }

  /** One in eight of such pieces of {@code bytes}, since logs repeat themselves. */
  private static List<byte[]> pieces(byte[] bytes, int length) {
    List<byte[]> pieces = new ArrayList<>();
    int number = 0;
    int from = 0;
    while (from < bytes.length) {
      int to = Math.min(bytes.length, from + length);
      while (to < bytes.length && bytes[to - 1] != '\n') {
        to++;
      }
      if (number++ % 8 == 0) {
        pieces.add(java.util.Arrays.copyOfRange(bytes, from, to));
      }
      from = to;
    }
    return pieces;
  }
}

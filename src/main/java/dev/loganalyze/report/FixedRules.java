package dev.loganalyze.report;

import dev.loganalyze.diagnosis.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules whose ids stay: programs that read the JSON ask for them by name. Others come and go,
 * and mostly tell more exactly how such a fault came about.
 */
final class FixedRules {
  private static final String PATH = "/fixed-rules.txt";
  private static final Set<String> IDS = read();

  private FixedRules() {}

  private static Set<String> read() {
    try (InputStream in = FixedRules.class.getResourceAsStream(PATH)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(PATH + " could not be read", e);
    }
  }

  static Set<String> ids() {
    return IDS;
  }

  /** The first finding of the chain of {@code cause} that such a rule made; else its first. */
  static String fault(Run run, Run.RootCause cause) {
    return cause.chain().stream()
        .filter(id -> IDS.contains(run.finding(id).finding().rule().id()))
        .findFirst()
        .orElse(cause.id());
  }
}

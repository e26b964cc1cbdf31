package dev.loganalyze.report;

import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.rules.Finding;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Where findings are, as machines want to be told. */
final class Places {
  /** What RFC 3986 calls unreserved, and what divides a path. */
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/!+,=@";

  private final Map<String, Integer> seen = new HashMap<>();

  /** The path of the log that {@code finding} is in, as the user named it. */
  static String path(Run run, Finding finding) {
    return run.inputs().get(finding.input()).path();
  }

  /**
   * {@code path} as a reference after RFC 3986: relative as it is, so that a consumer finds the
   * file in its checkout; absolute with the scheme {@code file}.
   */
  static String uri(String path) {
    StringBuilder uri = new StringBuilder(path.startsWith("/") ? "file://" : "");
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      if (PLAIN.indexOf(b) >= 0) {
        uri.append((char) b);
      } else {
        uri.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
      }
    }
    return uri.toString();
  }

  /**
   * A fingerprint of {@code diagnosed} that no other finding of this report has, and that it has in
   * the next report too: its signature, and the how-manieth with this signature in its log it is.
   */
  String fingerprint(Run run, Run.Diagnosed diagnosed) {
    String one = path(run, diagnosed.finding()) + "\n" + diagnosed.signature();
    return diagnosed.signature() + ":" + seen.merge(one, 1, Integer::sum);
  }
}

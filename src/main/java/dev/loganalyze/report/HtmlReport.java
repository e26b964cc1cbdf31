package dev.loganalyze.report;

import dev.loganalyze.diagnosis.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * One page that loads nothing and runs nothing. Its Content-Security-Policy allows its own style
 * sheet, by hash (CSP Level 3, section 2.3.1), and no more.
 */
final class HtmlReport implements Report {
  private static final String STYLE = "report.css";

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    Map<String, ?> model =
        Map.of(
            "answers", runs.stream().map(Answer::new).toList(),
            "tally", Answer.tally(runs),
            "style", STYLE,
            "styleHash", sha256(Templates.bytes(STYLE)),
            "tool", Tool.NAME + " " + Tool.VERSION);
    Templates.write("report.html.ftlh", model, writer);
    writer.flush();
  }

  private static String sha256(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

package dev.loganalyze.report;

import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.rules.Rule;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * One page that loads nothing. Its Content-Security-Policy allows its own style sheet and its own
 * script, by hash (CSP Level 3, section 2.3.1), and no more. All is there without the script, which
 * only filters, sorts, zooms and folds.
 */
final class HtmlReport implements Report {
  private static final String STYLE = "report.css";
  private static final String SCRIPT = "report.js";

  private final List<Rule> rules;
  private final List<String> unread;

  /**
   * A page that says how many of {@code rules} found something, and the sentences {@code unread}.
   */
  HtmlReport(List<Rule> rules, List<String> unread) {
    this.rules = rules;
    this.unread = unread;
  }

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    List<Page> pages = new ArrayList<>();
    for (Run run : runs) {
      pages.add(new Page(run, pages.size() + 1, runs.size() == 1));
    }
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    Map<String, ?> model =
        Map.of(
            "pages",
            pages,
            "overview",
            new Overview(pages),
            "rules",
            rules.size(),
            "unread",
            unread,
            "style",
            STYLE,
            "styleHash",
            sha256(Templates.bytes(STYLE)),
            "script",
            SCRIPT,
            "scriptHash",
            sha256(Templates.bytes(SCRIPT)),
            "tool",
            Tool.NAME + " " + Tool.VERSION);
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

package dev.loganalyze.report;

import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.rules.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Workflow commands that GitHub Actions shows as annotations. It shows ten of each kind and step,
 * so the ten findings that matter most are written and no others: root causes first, then by
 * severity. Accepted ones and such that only inform are none of them.
 */
final class GithubReport implements Report {
  private static final int MOST = 10;

  private final List<String> unread;

  /** Annotations that tell with the sentences {@code unread} what could not be read, too. */
  GithubReport(List<String> unread) {
    this.unread = unread;
  }

  /** A finding, with the run it is of. */
  private record Annotation(Run run, Run.Diagnosed diagnosed, boolean root) {}

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    List<Annotation> annotations = new ArrayList<>();
    for (Run run : runs) {
      List<String> roots = run.rootCauses().stream().map(Run.RootCause::id).toList();
      for (Run.Diagnosed diagnosed : run.findings()) {
        annotations.add(new Annotation(run, diagnosed, roots.contains(diagnosed.id())));
      }
    }
    Comparator<Annotation> mattersMost =
        Comparator.comparing((Annotation a) -> a.root())
            .thenComparing(a -> a.diagnosed().finding().severity())
            .reversed();
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    List<String> told = unread.subList(0, Math.min(MOST, unread.size()));
    for (String sentence : told) {
      writer.write("::error title=not read::" + data(sentence) + "\n");
    }
    for (Annotation annotation :
        annotations.stream()
            .filter(a -> !a.diagnosed().isSuppressed() && !kind(a).equals("notice"))
            .sorted(mattersMost)
            .limit(MOST - told.size())
            .toList()) {
      writer.write(command(annotation));
    }
    writer.flush();
  }

  private static String kind(Annotation annotation) {
    return switch (annotation.diagnosed().finding().severity()) {
      case CRITICAL, ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "notice";
    };
  }

  private static String command(Annotation annotation) {
    Finding finding = annotation.diagnosed().finding();
    StringBuilder message = new StringBuilder(finding.title());
    for (Run.RootCause cause : annotation.run().rootCauses()) {
      if (cause.id().equals(annotation.diagnosed().id()) && cause.chain().size() > 1) {
        message.append('\n').append(cause.sentence());
      }
    }
    if (!finding.advice().isBlank()) {
      message.append('\n').append(finding.advice().strip());
    }
    return "::"
        + kind(annotation)
        + " file="
        + property(Places.path(annotation.run(), finding))
        + ",line="
        + finding.firstLine()
        + ",title="
        + property(finding.rule().id())
        + "::"
        + data(message.toString())
        + "\n";
  }

  /** Escaped as the runner's ActionCommand undoes it in the text of a command. */
  private static String data(String text) {
    List<String> lines = text.lines().map(Printable::text).toList();
    return String.join("%0A", lines.stream().map(line -> line.replace("%", "%25")).toList());
  }

  /** Escaped as the runner's ActionCommand undoes it in a property of a command. */
  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}

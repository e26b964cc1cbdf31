package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.fault.Reason;
import dev.loganalyze.input.Contents;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.rules.Draft;
import dev.loganalyze.rules.Rule;
import dev.loganalyze.rules.RuleCases;
import dev.loganalyze.rules.RuleException;
import dev.loganalyze.rules.RulePages;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.rules.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the rules are, and whether they do what their cases say. */
@Command(
    name = "rules",
    description = "List, show, make and test the rules.",
    footer =
        """

        Examples:
          # All rules about the network
          $ loganalyze rules list --family network
          # A rule of your own, from a line of a log
          $ loganalyze rules new own.sour-disk --from serial.log:512
          # Whether it does what its cases say
          $ loganalyze rules test ci/rules""")
final class RulesCommand implements Runnable {
  private final PrintStream out;
  private final PrintStream err;

  RulesCommand(OutputStream out, PrintStream err) {
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    this.err = err;
  }

  @Override
  public void run() {
    list(null, null, null);
  }

  /** The rules of the program and of {@code folders}. */
  static RuleSet load(List<Path> folders) {
    try {
      return folders.isEmpty() ? RuleSet.builtIn() : RuleSet.with(folders);
    } catch (RuleException e) {
      throw new CommandException(e.getMessage());
    }
  }

  @Command(
      name = "list",
      description = "One line a rule: id, severity, title.",
      footer =
          """

          Examples:
            # All rules that speak of a timeout
            $ loganalyze rules list timeout
            # What is critical in the kernel
            $ loganalyze rules list --family kernel --severity critical""")
  int list(
      @Option(names = "--family", paramLabel = "FAMILY", description = "Only of this family.")
          String family,
      @Option(names = "--severity", paramLabel = "SEVERITY", description = "Only of this severity.")
          String severity,
      @Parameters(
              paramLabel = "TEXT",
              arity = "0..1",
              description = "Only those with this text in id, title or explanation.")
          String text) {
    if (severity != null && Severity.of(severity) == null) {
      throw new CommandException(
          "--severity takes info, warning, error or critical, not '" + severity + "'");
    }
    String wanted = text == null ? "" : text.toLowerCase(Locale.ROOT);
    for (Rule rule : load(List.of()).rules()) {
      String all = (rule.id() + " " + rule.title() + " " + rule.explain()).toLowerCase(Locale.ROOT);
      if ((family == null || family.equals(rule.family()))
          && (severity == null || severity.equals(rule.severity().word()))
          && all.contains(wanted)) {
        out.printf("%-34s %-8s %s%n", rule.id(), rule.severity().word(), rule.title());
      }
    }
    return ExitCode.OK.status;
  }

  @Command(
      name = "docs",
      description =
          "Write a page a rule, and an index, into DIR. Pages of rules that are gone go; other"
              + " files stay.",
      footer =
          """

          Examples:
            # As Markdown, for a wiki
            $ loganalyze rules docs wiki/boot-rules""")
  int docs(
      @Parameters(paramLabel = "DIR", description = "A folder for the pages alone.") Path folder) {
    Map<String, String> pages = RulePages.of(load(List.of()).rules());
    try {
      Files.createDirectories(folder);
      try (Stream<Path> old = Files.list(folder)) {
        for (Path page : old.filter(p -> p.toString().endsWith(".md")).toList()) {
          String name = page.getFileName().toString();
          boolean ours = RulePages.isPage(name, WholeFile.read(page));
          if (pages.containsKey(name) && !ours) {
            throw new CommandException(
                page + ": this is no page of a rule; name a folder for the pages alone");
          }
          if (ours && !pages.containsKey(name)) {
            Files.delete(page);
          }
        }
      }
    } catch (IOException e) {
      throw new CommandException(folder + ": the pages could not be written: " + Reason.of(e));
    }
    pages.forEach(
        (name, page) ->
            WholeFile.write(page.getBytes(StandardCharsets.UTF_8), folder.resolve(name)));
    out.println(pages.size() - 1 + " pages and an index in " + folder);
    return ExitCode.OK.status;
  }

  @Command(
      name = "new",
      description = "Print a draft rule made of one line of a log.",
      footer =
          """

          Examples:
            # Make a rule of line 512
            $ loganalyze rules new own.sour-disk --from serial.log:512""")
  int draft(
      @Parameters(paramLabel = "ID", description = "family.name") String id,
      @Option(names = "--from", paramLabel = "LOG:LINE", required = true, description = "The line.")
          String from) {
    int colon = from.lastIndexOf(':');
    if (!id.matches("[a-z0-9-]+\\.[a-z0-9-]+") || !from.matches(".+:[0-9]{1,9}")) {
      throw new CommandException(
          "rules new takes family.name in lower case and --from LOG:LINE, as in"
              + " storage.sour-disk --from serial.log:512");
    }
    int line = Integer.parseInt(from.substring(colon + 1));
    String log = from.substring(0, colon);
    Contents contents = Inputs.open(new Inputs.Located(log, Path.of(log), true));
    if (contents.logs().isEmpty()) {
      throw new CommandException(
          contents.failures().isEmpty()
              ? log + ": no log in it"
              : contents.failures().get(0).getMessage());
    }
    try {
      for (Entry entry : Analyzer.entries(contents.logs().get(0))) {
        if (entry.line() == line && !entry.message().isBlank()) {
          String origin = entry.origin().name().toLowerCase(Locale.ROOT);
          out.print(Draft.of(id, entry.text(), entry.message(), origin));
          return ExitCode.OK.status;
        }
      }
    } catch (InputException e) {
      throw new CommandException(e.getMessage());
    }
    throw new CommandException(log + ": line " + line + " is not there, or is blank");
  }

  /** Says which rules take longest to look for in the text of all cases. */
  private void slowest(RuleSet rules) {
    String text =
        rules.rules().stream()
            .flatMap(r -> r.cases().stream())
            .map(c -> c.log().endsWith("\n") ? c.log() : c.log() + "\n")
            .collect(Collectors.joining());
    byte[] log = text.getBytes(StandardCharsets.UTF_8);
    String slowest =
        Analyzer.costs(rules, log).entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(3)
            .map(c -> String.format(Locale.ROOT, "%s %.1f ms", c.getKey(), c.getValue() / 1e6))
            .collect(Collectors.joining(", "));
    out.printf(Locale.ROOT, "slowest in %d kB of cases: %s%n", log.length / 1000, slowest);
  }

  @Command(
      name = "test",
      description = "Run the cases of all rules, and of those in DIR.",
      footer =
          """

          Examples:
            # The rules of your own, in ci/rules/FAMILY/NAME.yaml
            $ loganalyze rules test ci/rules""")
  int test(
      @Parameters(paramLabel = "DIR", arity = "0..*", description = "Folders with more rules.")
          List<Path> folders) {
    RuleSet rules = load(folders == null ? List.of() : folders);
    List<String> failures = RuleCases.failures(rules.rules(), new Analyzer(rules)::findings);
    failures.addAll(RuleCases.lacking(rules.rules()));
    failures.addAll(RuleCases.exploding(rules.rules()));
    failures.forEach(err::println);
    int cases = rules.rules().stream().mapToInt(r -> r.cases().size()).sum();
    out.println(
        rules.rules().size() + " rules, " + cases + " cases, " + failures.size() + " failed");
    slowest(rules);
    return failures.isEmpty() ? ExitCode.OK.status : ExitCode.FINDINGS.status;
  }
}

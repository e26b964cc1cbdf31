package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.rules.Rule;
import dev.loganalyze.rules.RuleCases;
import dev.loganalyze.rules.RuleException;
import dev.loganalyze.rules.RuleSet;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What the rules are, and whether they do what their cases say. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "List, show and test the rules.")
final class RulesCommand implements Runnable {
  private final PrintStream out;
  private final PrintStream err;

  RulesCommand(OutputStream out, PrintStream err) {
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    this.err = err;
  }

  @Override
  public void run() {
    list();
  }

  /** The rules of the program and of {@code folders}. */
  static RuleSet load(List<Path> folders) {
    try {
      return folders.isEmpty() ? RuleSet.builtIn() : RuleSet.with(folders);
    } catch (RuleException e) {
      throw new CommandException(e.getMessage());
    }
  }

  @Command(name = "list", description = "One line a rule: id, severity, title.")
  int list() {
    for (Rule rule : load(List.of()).rules()) {
      out.printf("%-34s %-8s %s%n", rule.id(), rule.severity().word(), rule.title());
    }
    return ExitCode.OK.status;
  }

  @Command(name = "show", description = "All that is known of one rule.")
  int show(@Parameters(paramLabel = "ID", description = "As in rules list.") String id) {
    Rule rule = load(List.of()).rule(id);
    if (rule == null) {
      throw new CommandException("there is no rule '" + id + "'; see loganalyze rules list");
    }
    out.println(rule.id() + " (" + rule.severity().word() + ")");
    out.println(rule.title());
    out.println();
    out.println(rule.explain().strip());
    out.println();
    out.println("What to do: " + rule.advice().strip());
    section("May cause", rule.causes());
    section("No cause for worry when", rule.falsepositives());
    section("Read on", rule.references());
    return ExitCode.OK.status;
  }

  private void section(String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      out.println();
      out.println(heading + ":");
      lines.forEach(line -> out.println("  " + line));
    }
  }

  @Command(name = "test", description = "Run the cases of all rules, and of those in DIR.")
  int test(
      @Parameters(paramLabel = "DIR", arity = "0..*", description = "Folders with more rules.")
          List<Path> folders) {
    RuleSet rules = load(folders == null ? List.of() : folders);
    List<String> failures = RuleCases.failures(rules.rules(), new Analyzer(rules)::findings);
    failures.forEach(err::println);
    int cases = rules.rules().stream().mapToInt(r -> r.cases().size()).sum();
    out.println(
        rules.rules().size() + " rules, " + cases + " cases, " + failures.size() + " failed");
    return failures.isEmpty() ? ExitCode.OK.status : ExitCode.FINDINGS.status;
  }
}

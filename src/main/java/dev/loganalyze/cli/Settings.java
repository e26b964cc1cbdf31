package dev.loganalyze.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loganalyze.diagnosis.Asked;
import dev.loganalyze.diagnosis.Suppression;
import dev.loganalyze.diagnosis.Usual;
import dev.loganalyze.rules.RuleException;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.rules.Severity;
import dev.loganalyze.rules.YamlFile;
import dev.loganalyze.timing.Budgets;
import dev.loganalyze.timing.UnitFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What {@code .loganalyze.yaml} and the command line say together. docs/usage.md describes the
 * file.
 *
 * @param rules the rules that are used
 * @param failOn the word of the file for {@code --fail-on}, or null
 * @param budgets how long parts of a boot may take
 * @param accepted findings that are accepted and whose time has not come
 * @param origins what holds and where it is said, a line each, for {@code config show}
 * @param expired what was accepted until a day that is over, a sentence each
 * @param masks whether secrets in logs are masked
 * @param jobs how many threads work at once
 */
record Settings(
    RuleSet rules,
    String failOn,
    Budgets budgets,
    List<Suppression> accepted,
    List<String> origins,
    List<String> expired,
    boolean masks,
    int jobs) {

  /** These settings with the secrets in logs shown. */
  Settings showingSecrets() {
    return new Settings(rules, failOn, budgets, accepted, origins, expired, false, jobs);
  }

  /** These settings, and that so many threads work. */
  Settings withJobs(int number) {
    return new Settings(rules, failOn, budgets, accepted, origins, expired, masks, number);
  }

  /** What is asked of an analysis under these settings. */
  Asked asked(Usual usual, Budgets limits, UnitFacts facts) {
    return new Asked(accepted, usual, limits, facts, masks, false, true, jobs);
  }

  /** The name of the file that is looked for from the working directory upwards. */
  static final String FILE = ".loganalyze.yaml";

  private static final Set<String> KEYS =
      Set.of("rules", "off", "severity", "fail-on", "accepted", "baseline", "budgets");

  private static final Set<String> ACCEPTED =
      Set.of("rule", "subject", "signature", "reason", "until");

  /** The nearest {@link #FILE} in {@code folder} or above it, or null. */
  static Path find(Path folder) {
    for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve(FILE))) {
        return at.resolve(FILE);
      }
    }
    return null;
  }

  /**
   * The settings of {@code file}, with what the command line adds.
   *
   * @param file the settings file, or null for none
   * @param folders more folders of rules
   * @param baselines more files of accepted findings
   * @param today the day that {@code until} is compared with
   * @throws CommandException when something in a file is wrong; one sentence a fault
   */
  static Settings read(Path file, List<Path> folders, List<Path> baselines, LocalDate today) {
    return new Reader(today).read(file, folders, baselines);
  }

  /** The day that an {@code until} names, such as 2027-01-31; null when it is none. */
  static LocalDate day(String until) {
    try {
      return LocalDate.parse(until);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static final class Reader {
    private final LocalDate today;
    private final List<String> faults = new ArrayList<>();
    private final List<String> origins = new ArrayList<>();
    private final List<String> expired = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();
    private final List<Path> baselines = new ArrayList<>();
    private final List<String> off = new ArrayList<>();
    private final Map<String, Severity> severities = new LinkedHashMap<>();
    private final List<Suppression> accepted = new ArrayList<>();
    private final Map<String, String> named = new LinkedHashMap<>();
    private final List<String> limits = new ArrayList<>();
    private String failOn;

    Reader(LocalDate today) {
      this.today = today;
    }

    Settings read(Path file, List<Path> moreFolders, List<Path> moreBaselines) {
      if (file != null) {
        config(file);
      }
      for (Path folder : moreFolders) {
        origins.add("rules      " + folder + " (--rules)");
        folders.add(folder);
      }
      for (Path baseline : moreBaselines) {
        origins.add("baseline   " + baseline + " (--baseline)");
        baselines.add(baseline);
      }
      for (Path baseline : baselines) {
        baseline(baseline);
      }
      RuleSet rules = rules();
      if (!faults.isEmpty()) {
        throw new CommandException(String.join("\nloganalyze: ", faults));
      }
      return new Settings(
          rules.adjusted(off, severities),
          failOn,
          Budgets.of(limits),
          List.copyOf(accepted),
          List.copyOf(origins),
          List.copyOf(expired),
          true,
          Runtime.getRuntime().availableProcessors());
    }

    private RuleSet rules() {
      try {
        RuleSet rules = folders.isEmpty() ? RuleSet.builtIn() : RuleSet.with(folders);
        named.forEach(
            (name, place) -> {
              if (!rules.knows(name)) {
                faults.add(place + ": there is no rule '" + name + "'; see loganalyze rules list");
              }
            });
        return rules;
      } catch (RuleException e) {
        throw new CommandException(e.getMessage());
      }
    }

    private void config(Path file) {
      YamlFile yaml = new YamlFile(file.toString(), WholeFile.read(file), faults);
      origins.add("settings   " + file);
      // All keys are optional.
      JsonNode node =
          yaml.isEmpty() ? null : yaml.mapping("settings are a YAML mapping; see docs/usage.md");
      if (node == null) {
        return;
      }
      yaml.keys(node, KEYS);
      for (String folder : yaml.strings(node, "rules")) {
        folders.add(file.resolveSibling(folder));
        says("rules", folder, file, yaml.lineOf(node, "rules"));
      }
      for (String rule : yaml.strings(node, "off")) {
        off.add(rule);
        named.put(rule, place(file, yaml, node, "off"));
        says("off", rule, file, yaml.lineOf(node, "off"));
      }
      for (Map.Entry<String, JsonNode> rule : node.path("severity").properties()) {
        for (Severity severity :
            yaml.word(node.path("severity"), rule.getKey(), "severity", Severity.class, true)) {
          severities.put(rule.getKey(), severity);
          named.put(rule.getKey(), place(file, yaml, node.path("severity"), rule.getKey()));
          says(
              "severity",
              rule.getKey() + " is " + severity.word(),
              file,
              yaml.lineOf(node.path("severity"), rule.getKey()));
        }
      }
      String word = yaml.string(node, "fail-on", false);
      if (!word.isEmpty()) {
        failOn = word;
        if (!word.equals("never")) {
          yaml.word(node, "fail-on", Severity.class, true);
        }
        says("fail-on", word, file, yaml.lineOf(node, "fail-on"));
      }
      for (Map.Entry<String, JsonNode> limit : node.path("budgets").properties()) {
        String budget = limit.getKey() + "=" + limit.getValue().asText();
        try {
          Budgets.of(List.of(budget));
          limits.add(budget);
        } catch (IllegalArgumentException e) {
          yaml.fault(node.path("budgets"), limit.getKey(), e.getMessage());
        }
        says("budget", budget, file, yaml.lineOf(node.path("budgets"), limit.getKey()));
      }
      accepted(file, yaml, node);
      for (String baseline : yaml.strings(node, "baseline")) {
        baselines.add(file.resolveSibling(baseline));
        says("baseline", baseline, file, yaml.lineOf(node, "baseline"));
      }
    }

    private void baseline(Path file) {
      YamlFile yaml = new YamlFile(file.toString(), WholeFile.read(file), faults);
      JsonNode node =
          yaml.mapping(
              "a baseline is a YAML mapping with accepted:; loganalyze baseline writes it");
      if (node != null) {
        yaml.keys(node, Set.of("accepted"));
        accepted(file, yaml, node);
      }
    }

    private void accepted(Path file, YamlFile yaml, JsonNode node) {
      for (JsonNode one : yaml.list(node, "accepted", false)) {
        yaml.keys(one, ACCEPTED);
        String rule = yaml.string(one, "rule", true);
        String reason = yaml.string(one, "reason", true);
        String until = yaml.string(one, "until", false);
        Suppression suppression =
            new Suppression(
                rule,
                yaml.string(one, "subject", false),
                yaml.string(one, "signature", false),
                reason);
        named.put(rule, place(file, yaml, one, "rule"));
        String what = rule + (suppression.subject().isEmpty() ? "" : " " + suppression.subject());
        if (isOver(yaml, one, until)) {
          expired.add(what + " was accepted until " + until + " (" + file + "): " + reason);
        } else {
          accepted.add(suppression);
          String end = until.isEmpty() ? "" : " until " + until;
          origins.add("accepted   " + what + end + ": " + reason + " (" + file + ")");
        }
      }
    }

    private boolean isOver(YamlFile yaml, JsonNode one, String until) {
      LocalDate day = until.isEmpty() ? LocalDate.MAX : day(until);
      if (day == null) {
        yaml.fault(one, "until", "'" + until + "' is no day; write it as 2027-01-31");
      }
      return day != null && day.isBefore(today);
    }

    private void says(String key, String value, Path file, int line) {
      origins.add(String.format(Locale.ROOT, "%-10s %s (%s:%d)", key, value, file, line));
    }

    private static String place(Path file, YamlFile yaml, JsonNode node, String key) {
      return file + ":" + yaml.lineOf(node, key);
    }
  }
}

package dev.loganalyze.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loganalyze.fault.Reason;
import dev.loganalyze.resource.Packed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All rules of a run, by id. Immutable, and safe for use by several threads. */
public final class RuleSet {
  /** No rule that a person wrote is larger. */
  private static final long MOST_BYTES = 256 << 10;

  private final Map<String, Rule> rules;

  /** Made when it is first asked for. */
  private RuleMatcher matcher;

  private RuleSet(Map<String, Rule> rules) {
    this.rules = rules;
  }

  /** What looks for all of them; always the same, which knows what it has learnt of logs. */
  public synchronized RuleMatcher matcher() {
    if (matcher == null) {
      matcher =
          this == BuiltIn.RULES
              ? new RuleMatcher(this, Sought.of(Packed.Reader.of(Precompiled.SOUGHT)))
              : new RuleMatcher(this);
    }
    return matcher;
  }

  /** The rules, in the order of their ids. */
  public List<Rule> rules() {
    return List.copyOf(rules.values());
  }

  /** The rule with this id, or null. */
  public Rule rule(String id) {
    return rules.get(id);
  }

  /** The rules that come with the program. */
  public static RuleSet builtIn() {
    return BuiltIn.RULES;
  }

  /** Read when they are first asked for, once. */
  private static final class BuiltIn {
    static final RuleSet RULES = new RuleSet(read());

    /** They lie in the order of their ids, so that no tree need be built. */
    private static Map<String, Rule> read() {
      Map<String, Rule> rules = new LinkedHashMap<>();
      for (Rule rule : PackedRules.read(Packed.Reader.of(Precompiled.RULES))) {
        rules.put(rule.id(), rule);
      }
      return rules;
    }
  }

  /**
   * The rules that come with the program, and those of {@code folders}.
   *
   * @throws RuleException when a file is faulty, with all faults of all files
   */
  public static RuleSet with(List<Path> folders) throws RuleException {
    Map<String, String> own = new TreeMap<>();
    for (Path folder : folders) {
      own.putAll(files(folder));
    }
    List<String> faults = new ArrayList<>();
    Map<String, Rule> rules = new TreeMap<>(builtIn().rules);
    own.forEach((file, text) -> add(file, RuleReader.read(file, text, faults), rules, faults));
    return checked(rules, faults);
  }

  /**
   * These rules without those switched off, and others in weight.
   *
   * @param off ids, {@code family.*}, or {@code *} for all
   * @param severities what findings of a rule weigh whatever the rule says, by id or {@code
   *     family.*}
   */
  public RuleSet adjusted(List<String> off, Map<String, Severity> severities) {
    if (off.isEmpty() && severities.isEmpty()) {
      return this;
    }
    Map<String, Rule> adjusted = new TreeMap<>();
    for (Rule rule : rules.values()) {
      if (off.stream().noneMatch(o -> covers(o, rule.id()))) {
        Severity severity =
            severities.entrySet().stream()
                .filter(s -> covers(s.getKey(), rule.id()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        adjusted.put(rule.id(), severity == null ? rule : rule.weighing(severity));
      }
    }
    return new RuleSet(adjusted);
  }

  /** {@code rule} alone. */
  static RuleSet only(Rule rule) {
    return new RuleSet(Map.of(rule.id(), rule));
  }

  /** Whether {@code name}, an id, {@code family.*} or {@code *}, covers some rule. */
  public boolean knows(String name) {
    return rules.keySet().stream().anyMatch(id -> covers(name, id));
  }

  private static boolean covers(String name, String id) {
    boolean family = name.endsWith(".*") && id.startsWith(name.substring(0, name.length() - 1));
    return family || name.equals("*") || name.equals(id);
  }

  /** The rules in {@code files}, their content by path from a folder of rules. */
  static RuleSet of(JsonNode files) throws RuleException {
    List<String> faults = new ArrayList<>();
    Map<String, Rule> rules = new TreeMap<>();
    for (Map.Entry<String, JsonNode> file : files.properties()) {
      add(file.getKey(), RuleReader.read(file.getKey(), file.getValue(), faults), rules, faults);
    }
    return checked(rules, faults);
  }

  private static RuleSet checked(Map<String, Rule> rules, List<String> faults)
      throws RuleException {
    for (Rule rule : rules.values()) {
      for (String better : rule.yields()) {
        if (!rules.containsKey(better) && !better.equals(Rule.ANY)) {
          faults.add(rule.id() + ": yields names " + better + ", but there is no such rule");
        }
      }
      for (String cause : rule.causes()) {
        boolean family = cause.endsWith(".*");
        if (!family && !rules.containsKey(cause)) {
          faults.add(rule.id() + ": causes names " + cause + ", but there is no such rule");
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new RuleException(String.join("\n", faults));
    }
    return new RuleSet(rules);
  }

  private static void add(String file, Rule rule, Map<String, Rule> rules, List<String> faults) {
    if (rule != null && rules.putIfAbsent(rule.id(), rule) != null) {
      faults.add(file + ":1: there is a rule " + rule.id() + " already; choose another id");
    }
  }

  // ---- files ------------------------------------------------------------------------------------

  private static Map<String, String> files(Path folder) throws RuleException {
    if (!Files.isDirectory(folder)) {
      throw new RuleException(folder + ": no such folder of rules");
    }
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".yaml")).sorted().toList()) {
        files.put(path.toString().replace('\\', '/'), text(path, folder.toRealPath()));
      }
    } catch (IOException | UncheckedIOException e) {
      throw new RuleException(folder + ": its rules could not be read: " + Reason.of(e));
    }
    return files;
  }

  /**
   * A link may lead to another place of the folder, as those of mounted secrets do, and no other.
   */
  private static String text(Path file, Path folder) throws RuleException {
    try {
      if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(folder)) {
        throw new RuleException(file + ": is no file in the folder of rules; take it away");
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new RuleException(
            file + ": is larger than " + (MOST_BYTES >> 10) + " KiB; a file holds one rule");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new RuleException(file + ": could not be read: " + Reason.of(e));
    }
  }
}

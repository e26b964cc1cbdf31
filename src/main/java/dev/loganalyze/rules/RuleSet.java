package dev.loganalyze.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** All rules of a run, by id. Immutable. */
public final class RuleSet {
  private static final String ROOT = "rules/";

  private final Map<String, Rule> rules;

  private RuleSet(Map<String, Rule> rules) {
    this.rules = rules;
  }

  /** The rules, in the order of their ids. */
  public List<Rule> rules() {
    return List.copyOf(rules.values());
  }

  /** The rule with this id, or null. */
  public Rule rule(String id) {
    return rules.get(id);
  }

  /**
   * The rules that come with the program.
   *
   * @throws RuleException when one of them is faulty, which the tests rule out
   */
  public static RuleSet builtIn() throws RuleException {
    return of(builtInFiles(), Map.of());
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
    return of(builtInFiles(), own);
  }

  private static RuleSet of(Map<String, String> builtIn, Map<String, String> own)
      throws RuleException {
    List<String> faults = new ArrayList<>();
    Map<String, Rule> rules = new TreeMap<>();
    read(builtIn, rules, faults);
    read(own, rules, faults);
    for (Rule rule : rules.values()) {
      for (String better : rule.yields()) {
        if (!rules.containsKey(better)) {
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

  private static void read(
      Map<String, String> files, Map<String, Rule> rules, List<String> faults) {
    files.forEach(
        (file, text) -> {
          Rule rule = RuleReader.read(file, text, faults);
          if (rule != null && rules.putIfAbsent(rule.id(), rule) != null) {
            faults.add(file + ":1: there is a rule " + rule.id() + " already; choose another id");
          }
        });
  }

  // ---- files ------------------------------------------------------------------------------------

  private static Map<String, String> files(Path folder) throws RuleException {
    if (!Files.isDirectory(folder)) {
      throw new RuleException(folder + ": no such folder of rules");
    }
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".yaml")).sorted().toList()) {
        files.put(path.toString().replace('\\', '/'), Files.readString(path));
      }
    } catch (IOException | UncheckedIOException e) {
      throw new RuleException(folder + ": its rules could not be read: " + e.getMessage());
    }
    return files;
  }

  /** The rule files beside this class: in a folder of classes, or in the program's jar. */
  private static Map<String, String> builtInFiles() throws RuleException {
    try {
      Path home =
          Path.of(RuleSet.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(home)) {
        return files(home.resolve(ROOT));
      }
      Map<String, String> files = new TreeMap<>();
      try (JarFile jar = new JarFile(home.toFile())) {
        for (var entry : jar.stream().filter(e -> isRule(e.getName())).toList()) {
          try (InputStream in = jar.getInputStream(entry)) {
            files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
      return files;
    } catch (IOException | URISyntaxException e) {
      throw new RuleException("the rules of loganalyze could not be read: " + e.getMessage());
    }
  }

  private static boolean isRule(String name) {
    return name.startsWith(ROOT) && name.endsWith(".yaml");
  }
}

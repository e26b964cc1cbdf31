package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Reached;
import dev.loganalyze.diagnosis.Run.Diagnosed;
import dev.loganalyze.diagnosis.Run.RootCause;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which finding explains which.
 *
 * <p>A finding is explained by one before it, in the same boot or an earlier one, whose rule says
 * that it causes such findings; of several, one about the same subject goes first, then the one
 * that stands nearest before it. A finding explains at most what comes after it, so there are no
 * circles. What nothing explains, and what weighs, is a root cause.
 */
final class CauseGraph {
  /** A sentence of more steps than this explains nothing to anybody. */
  private static final int MAX_CHAIN = 8;

  private final List<Finding> findings;
  private final int[] cause;
  private final List<Boot> boots;

  private CauseGraph(List<Finding> findings, List<Boot> boots) {
    this.findings = findings;
    this.boots = boots;
    this.cause = new int[findings.size()];
    Arrays.fill(cause, -1);
  }

  /** The graph over {@code findings}, which are in the order of their first lines. */
  static CauseGraph of(List<Finding> findings, List<Boot> boots) {
    CauseGraph graph = new CauseGraph(findings, boots);
    graph.link();
    return graph;
  }

  /** For each effect, the last finding seen so far of each rule that may cause it. */
  private void link() {
    Map<String, Integer> lastOfRule = new HashMap<>();
    Map<String, Integer> lastOfRuleAndSubject = new HashMap<>();
    Map<String, List<String>> causesOf = causesOf();
    for (int effect = 0; effect < findings.size(); effect++) {
      Finding finding = findings.get(effect);
      int nearest = -1;
      for (String rule : causesOf.getOrDefault(finding.rule().id(), List.of())) {
        int same = lastOfRuleAndSubject.getOrDefault(rule + '\0' + finding.subject(), -1);
        if (same >= 0 && !finding.subject().isEmpty()) {
          nearest = same;
          break;
        }
        nearest = Math.max(nearest, lastOfRule.getOrDefault(rule, -1));
      }
      cause[effect] = nearest;
      if (finding.severity() != Severity.INFO) {
        lastOfRule.put(finding.rule().id(), effect);
        lastOfRuleAndSubject.put(finding.rule().id() + '\0' + finding.subject(), effect);
      }
    }
  }

  /** For each rule that has findings, the rules with findings that declare to cause it. */
  private Map<String, List<String>> causesOf() {
    Map<String, List<String>> causesOf = new HashMap<>();
    Map<String, Finding> oneOfRule = new HashMap<>();
    findings.forEach(f -> oneOfRule.putIfAbsent(f.rule().id(), f));
    for (String effect : oneOfRule.keySet()) {
      List<String> causes = new ArrayList<>();
      for (Finding other : oneOfRule.values()) {
        if (causes(other, effect)) {
          causes.add(other.rule().id());
        }
      }
      causes.sort(Comparator.naturalOrder());
      causesOf.put(effect, causes);
    }
    return causesOf;
  }

  private static boolean causes(Finding cause, String effect) {
    return cause.rule().causes().stream()
        .anyMatch(
            c ->
                c.equals(effect)
                    || (c.endsWith(".*") && effect.startsWith(c.substring(0, c.length() - 1))));
  }

  /** All findings with their ids and what explains them. */
  List<Diagnosed> diagnosed() {
    List<Diagnosed> diagnosed = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      diagnosed.add(
          new Diagnosed(
              id(i),
              findings.get(i),
              Signatures.of(findings.get(i)),
              cause[i] < 0 ? List.of() : List.of(id(cause[i]))));
    }
    return diagnosed;
  }

  private static String id(int finding) {
    return "f" + (finding + 1);
  }

  // ---- root causes ------------------------------------------------------------------------------

  /** The root causes, the heaviest first. */
  List<RootCause> rootCauses() {
    int[] weight = new int[findings.size()];
    Severity[] worst = new Severity[findings.size()];
    for (int i = findings.size() - 1; i >= 0; i--) {
      weight[i] += 1;
      worst[i] = worse(worst[i], findings.get(i).severity());
      if (cause[i] >= 0) {
        weight[cause[i]] += weight[i];
        worst[cause[i]] = worse(worst[cause[i]], worst[i]);
      }
    }
    boolean faulty = findings.stream().anyMatch(f -> f.severity().compareTo(Severity.ERROR) >= 0);
    Severity least = !faulty && cameShort() ? Severity.WARNING : Severity.ERROR;
    List<Integer> roots = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      if (cause[i] < 0 && worst[i].compareTo(least) >= 0) {
        roots.add(i);
      }
    }
    roots.sort(
        Comparator.comparing((Integer i) -> worst[i])
            .reversed()
            .thenComparing(i -> -weight[i])
            .thenComparing(i -> i));
    int[] effect = heaviestEffects(weight);
    List<RootCause> causes = new ArrayList<>();
    for (int root : roots) {
      causes.add(rootCause(root, effect));
    }
    return causes;
  }

  /** Nothing weighs as an error, and yet the last boot came nowhere: then warnings must do. */
  private boolean cameShort() {
    return !boots.isEmpty() && boots.get(boots.size() - 1).reached().compareTo(Reached.LOGIN) < 0;
  }

  private static Severity worse(Severity a, Severity b) {
    return a == null || b.compareTo(a) > 0 ? b : a;
  }

  /** The chain follows the heaviest effect of each step. */
  private RootCause rootCause(int root, int[] effect) {
    List<String> chain = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    for (int at = root; at >= 0 && chain.size() < MAX_CHAIN; at = effect[at]) {
      chain.add(id(at));
      titles.add(findings.get(at).title());
    }
    return new RootCause(id(root), chain, String.join(" \u2192 ", titles));
  }

  /** For each finding the effect that carries the most others, the first of equals; or -1. */
  private int[] heaviestEffects(int[] weight) {
    int[] effect = new int[findings.size()];
    Arrays.fill(effect, -1);
    for (int i = 0; i < findings.size(); i++) {
      int of = cause[i];
      if (of >= 0 && (effect[of] < 0 || weight[i] > weight[effect[of]])) {
        effect[of] = i;
      }
    }
    return effect;
  }
}

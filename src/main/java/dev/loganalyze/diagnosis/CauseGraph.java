package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Observation;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.boot.Reached;
import dev.loganalyze.boot.Unit;
import dev.loganalyze.diagnosis.Run.Diagnosed;
import dev.loganalyze.diagnosis.Run.RootCause;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which finding explains which.
 *
 * <p>A finding is explained by one that happened before it in the same boot. What the log proves
 * goes first: the rule says that it causes such findings, and both are about the same subject; or a
 * process of the unit said it that failed then. Else the rule says so, and nothing stands nearer. A
 * fault that comes again in a later boot is explained by its first occurrence, and a finding about
 * several boots by what happened in the first of them. A finding explains at most what happened
 * after it, so there are no circles. What nothing explains, and what weighs, is a root cause.
 *
 * <p>Lines tell the order in which things happened, but for the lines of a journal that somebody
 * printed in a session: what they recall happened before the session.
 */
final class CauseGraph {
  /** A sentence of more steps than this explains nothing to anybody. */
  private static final int MAX_CHAIN = 8;

  /** Key of the last finding in the words of a unit's process. */
  private static final String SPOKE_IN = "unit\0";

  /** Key of the last warning about a unit. */
  private static final String ABOUT = "about\0";

  /** Key of the last finding about a unit of a kind. */
  private static final String OF_KIND = "kind\0";

  /** Who is told of more causes than these reads none. */
  private static final int MAX_ROOTS = 3;

  private final List<Finding> findings;
  private final int[] cause;

  /** The units that a finding explains. */
  private final Map<Integer, Set<String>> explained = new HashMap<>();

  /** What shows that {@link #cause} is one; null where there is none. */
  private final String[] because;

  /** Those whose cause is only likely: its rule declares them, and it came before. */
  private final BitSet likely = new BitSet();

  /** Why a finding weighs nothing; empty where it weighs. */
  private final String[] suppressed;

  /** Indices of the findings, in the order in which they happened. */
  private final int[] happened;

  /** The place of each finding in {@link #happened}. */
  private final int[] place;

  private final List<Boot> boots;

  /** The units of all boots, by index of the boot and name. */
  private final Map<String, Unit> units = new HashMap<>();

  private CauseGraph(List<Finding> findings, List<Boot> boots, List<Suppression> suppressions) {
    this.findings = findings;
    this.boots = boots;
    for (Boot boot : boots) {
      boot.units().forEach(unit -> units.put(boot.index() + "\0" + unit.name(), unit));
    }
    this.cause = new int[findings.size()];
    Arrays.fill(cause, -1);
    this.because = new String[findings.size()];
    this.suppressed = new String[findings.size()];
    for (int i = 0; i < findings.size(); i++) {
      suppressed[i] = reason(findings.get(i), suppressions);
    }
    this.happened =
        IntStream.range(0, findings.size())
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer i) -> findings.get(i).boot())
                    .thenComparingInt(i -> era(findings.get(i)))
                    .thenComparingInt(i -> i))
            .mapToInt(i -> i)
            .toArray();
    this.place = new int[happened.length];
    for (int at = 0; at < happened.length; at++) {
      place[happened[at]] = at;
    }
  }

  /** Before the session, recalled in the session, in the session, seen by the harness. */
  private static int era(Finding finding) {
    if (finding.told() != Finding.Told.THEN) {
      return finding.recalled() ? 1 : 3;
    }
    boolean before = finding.phase() == null || finding.phase().compareTo(Phase.Kind.SESSION) < 0;
    return before ? 0 : 2;
  }

  /** The graph over {@code findings}, which are in the order of their first lines. */
  static CauseGraph of(List<Finding> findings, List<Boot> boots, List<Suppression> suppressions) {
    CauseGraph graph = new CauseGraph(findings, boots, suppressions);
    graph.link();
    return graph;
  }

  private static String reason(Finding finding, List<Suppression> suppressions) {
    return suppressions.stream()
        .filter(s -> s.covers(finding))
        .map(Suppression::reason)
        .findFirst()
        .orElse("");
  }

  /** Goes through the findings as they happened, and keeps the last one of each kind so far. */
  private void link() {
    Map<String, Integer> last = new HashMap<>();
    Map<String, Integer> firstOfFault = new HashMap<>();
    Map<String, List<String>> causesOf = causesOf();
    for (int effect : happened) {
      Finding finding = findings.get(effect);
      String fault = key(finding.rule().id(), finding.subject());
      Integer before = firstOfFault.putIfAbsent(fault, effect);
      if (before != null && finding.severity() != Severity.INFO) {
        explain(
            effect,
            before,
            "the same fault was there in boot " + findings.get(before).boot(),
            false);
      } else {
        int boot = spansBoots(finding) ? firstBoot(finding) : finding.boot();
        link(effect, boot + "\0", causesOf.getOrDefault(finding.rule().id(), List.of()), last);
      }
      if (finding.severity() != Severity.INFO) {
        String inBoot = finding.boot() + "\0";
        last.put(inBoot + finding.rule().id(), effect);
        last.put(inBoot + fault, effect);
        last.put(
            inBoot + key(finding.rule().id(), OF_KIND + Needs.kind(finding.subject())), effect);
        String unit = unit(finding);
        if (isUnit(finding) && finding.severity() == Severity.WARNING) {
          last.put(inBoot + ABOUT + unit, effect);
        }
        if (!unit.isEmpty() && !finding.subject().equals(unit)) {
          last.put(inBoot + key(finding.rule().id(), SPOKE_IN + unit), effect);
          if (finding.severity().compareTo(Severity.ERROR) >= 0) {
            last.put(inBoot + SPOKE_IN + unit, effect);
          }
        }
      }
    }
  }

  /**
   * Links {@code effect} to what happened last before it and may have caused it: a finding about
   * the same subject; else what a process of the unit said that the effect is about, which proves
   * it if it weighs as an error or its rule declares it; else the nearest one whose rule declares
   * it; else what a program said that explains a warning about the unit, such as how its process
   * ended. Where both are of one rule and about units, the one must need the other.
   */
  private void link(int effect, String inBoot, List<String> rules, Map<String, Integer> last) {
    Finding finding = findings.get(effect);
    String unit = unit(finding);
    int spoke = isUnit(finding) ? last.getOrDefault(inBoot + SPOKE_IN + unit, -1) : -1;
    int nearest = -1;
    for (String rule : rules) {
      Integer same = last.get(inBoot + key(rule, finding.subject()));
      if (same != null && !finding.subject().isEmpty()) {
        explain(
            effect, same, "both are about " + finding.subject() + ", and this came after", false);
        return;
      }
      if (isUnit(finding)) {
        spoke = later(spoke, last.getOrDefault(inBoot + key(rule, SPOKE_IN + unit), -1));
      }
      int declared =
          isUnit(finding) && rule.equals(finding.rule().id())
              ? needed(finding, inBoot, last)
              : last.getOrDefault(inBoot + rule, -1);
      if (declared >= 0
          && mayReach(findings.get(declared), finding)
          && hasWordsLeft(declared, finding)) {
        nearest = later(nearest, declared);
      }
    }
    if (spoke >= 0) {
      explain(effect, spoke, "a process of " + unit + " said so before " + unit + " failed", false);
      spend(spoke, finding);
    } else if (nearest >= 0) {
      spend(nearest, finding);
      String rule = findings.get(nearest).rule().id();
      boolean named =
          !finding.subject().isEmpty()
              && findings.get(nearest).names().containsValue(finding.subject());
      String why =
          named ? rule + " names " + finding.subject() : rule + " can cause " + finding.rule().id();
      explain(effect, nearest, why + ", and came before", !named);
    } else if (isUnit(finding)) {
      int told = last.getOrDefault(inBoot + ABOUT + unit, -1);
      if (told >= 0 && cause[told] >= 0 && findings.get(cause[told]).rule().isOfPrograms()) {
        String why = because[told] + ", and explains a warning about " + unit;
        explain(effect, cause[told], why, likely.get(told));
      }
    }
  }

  /** The last finding of the rule of {@code finding} about a unit that its unit needs; or -1. */
  private int needed(Finding finding, String inBoot, Map<String, Integer> last) {
    int needed = -1;
    for (String kind : Needs.of(finding.subject())) {
      String key = inBoot + key(finding.rule().id(), OF_KIND + kind);
      needed = later(needed, last.getOrDefault(key, -1));
    }
    return needed;
  }

  /** Which of two happened later; -1 is none. */
  private int later(int one, int other) {
    return one < 0 || (other >= 0 && place[other] > place[one]) ? other : one;
  }

  private void explain(int effect, int by, String why, boolean isLikely) {
    cause[effect] = by;
    because[effect] = why;
    likely.set(effect, isLikely);
  }

  /**
   * The unit that spoke, or that PID 1 spoke of; or empty. Where only the name of the program is
   * told, the unit is the one that is called like it.
   */
  private static String unit(Finding finding) {
    String unit = finding.names().getOrDefault("unit", "");
    String program = finding.names().getOrDefault("identifier", "");
    return !unit.isEmpty() || program.isEmpty() ? unit : program + ".service";
  }

  /**
   * Whether {@code cause}, whose rule declares it, may have done this to a unit: a warning of a
   * program is of weight to those units only that were starting when it was said. A program that
   * does not name itself may also be that of a unit whose start no line of the phase tells.
   */
  private boolean mayReach(Finding cause, Finding effect) {
    if (cause.severity() != Severity.WARNING || !isUnit(effect) || wasStarting(effect, cause)) {
      return true;
    }
    boolean unnamed = cause.names().getOrDefault("identifier", "").isEmpty();
    return unnamed
        && (!cause.rule().isOfPrograms()
            || (cause.phase() == effect.phase() && startIsNotTold(effect)));
  }

  /**
   * Whether what a program said or suffered, once or several times, still explains a unit: each
   * time one.
   */
  private boolean hasWordsLeft(int cause, Finding effect) {
    Set<String> units = explained.getOrDefault(cause, Set.of());
    Finding said = findings.get(cause);
    boolean ofProcess =
        said.rule().isOfPrograms() || said.subject().equals(said.names().get("identifier"));
    return !ofProcess
        || !isUnit(effect)
        || units.size() < said.occurrences()
        || units.contains(effect.subject());
  }

  private void spend(int cause, Finding effect) {
    if (isUnit(effect)) {
      explained.computeIfAbsent(cause, c -> new HashSet<>()).add(effect.subject());
    }
  }

  private boolean startIsNotTold(Finding effect) {
    Unit unit = unitOf(effect);
    return unit == null || unit.firstLine() >= effect.firstLine();
  }

  /** The unit that {@code effect} is about; null where the boot tells of none. */
  private Unit unitOf(Finding effect) {
    return units.get(effect.boot() + "\0" + effect.subject());
  }

  private static boolean isUnit(Finding finding) {
    return !finding.subject().isEmpty()
        && finding.subject().equals(finding.names().getOrDefault("unit", ""));
  }

  /** Whether the start of the unit that {@code effect} is about had begun when {@code said} was. */
  private boolean wasStarting(Finding effect, Finding said) {
    Unit unit = unitOf(effect);
    if (unit == null) {
      return false;
    }
    boolean timed = unit.started() != Entry.NO_TIME && said.micros() != Entry.NO_TIME;
    return timed
        ? unit.started() <= said.micros()
        : said.input() == 0 && unit.firstLine() > 0 && unit.firstLine() < said.firstLine();
  }

  private static String key(String rule, String subject) {
    return rule + "\0" + subject;
  }

  /** A loop or a reset is an effect of what the boots before it suffered. */
  private static boolean spansBoots(Finding finding) {
    return finding.rule().match().stream()
        .anyMatch(m -> m.observed() == Observation.Kind.BOOT_LOOP);
  }

  /** The first boot that has a finding of weight; the finding's own when there is none. */
  private int firstBoot(Finding finding) {
    return findings.stream()
        .filter(f -> f.severity().compareTo(Severity.ERROR) >= 0 && f.boot() > 0)
        .mapToInt(Finding::boot)
        .min()
        .orElse(finding.boot());
  }

  /** For each rule that has findings, the rules with findings that declare to cause it. */
  private Map<String, List<String>> causesOf() {
    Map<String, List<String>> causesOf = new HashMap<>();
    Map<String, Finding> oneOfRule = new HashMap<>();
    findings.forEach(f -> oneOfRule.putIfAbsent(f.rule().id(), f));
    for (String effect : oneOfRule.keySet()) {
      List<String> causes = new ArrayList<>();
      for (Finding other : oneOfRule.values()) {
        if (other.rule().mayCause(effect)) {
          causes.add(other.rule().id());
        }
      }
      causes.sort(Comparator.naturalOrder());
      causesOf.put(effect, causes);
    }
    return causesOf;
  }

  /** All findings with their ids and what explains them. */
  List<Diagnosed> diagnosed() {
    List<Diagnosed> diagnosed = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      diagnosed.add(
          new Diagnosed(
              id(i),
              findings.get(i),
              cause[i] < 0 ? List.of() : List.of(id(cause[i])),
              cause[i] < 0 ? "" : because[i],
              likely.get(i),
              suppressed[i]));
    }
    return diagnosed;
  }

  private static String id(int finding) {
    return "f" + (finding + 1);
  }

  // ---- root causes ------------------------------------------------------------------------------

  /** The root causes, the heaviest first, at most three. */
  List<RootCause> rootCauses() {
    int[] weight = new int[findings.size()];
    Severity[] worst = new Severity[findings.size()];
    for (int at = happened.length - 1; at >= 0; at--) {
      int i = happened[at];
      weight[i] += 1;
      worst[i] = worse(worst[i], severity(i));
      if (cause[i] >= 0) {
        weight[cause[i]] += weight[i];
        worst[cause[i]] = worse(worst[cause[i]], worst[i]);
      }
    }
    boolean faulty =
        IntStream.range(0, findings.size())
            .anyMatch(i -> severity(i).compareTo(Severity.ERROR) >= 0);
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
    return roots.stream().limit(MAX_ROOTS).map(root -> rootCause(root, effect)).toList();
  }

  private Severity severity(int i) {
    return suppressed[i].isEmpty() ? findings.get(i).severity() : Severity.INFO;
  }

  /** Nothing weighs as an error, and yet the last boot came nowhere: then warnings must do. */
  private boolean cameShort() {
    return !boots.isEmpty() && boots.get(boots.size() - 1).reached().compareTo(Reached.LOGIN) < 0;
  }

  /** The same fault in a later boot is no step of a chain. */
  private boolean isSameFault(int a, int b) {
    return findings.get(a).rule().id().equals(findings.get(b).rule().id())
        && findings.get(a).subject().equals(findings.get(b).subject());
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
    Finding finding = findings.get(root);
    return new RootCause(
        id(root), chain, String.join(" \u2192 ", titles), fell(root), finding.collect());
  }

  /** The subjects of all that {@code root} explains, in the order in which they fell. */
  private List<String> fell(int root) {
    boolean[] below = new boolean[findings.size()];
    below[root] = true;
    Set<String> fell = new LinkedHashSet<>();
    for (int i : happened) {
      if (cause[i] >= 0 && below[cause[i]]) {
        below[i] = true;
        fell.add(findings.get(i).subject());
      }
    }
    fell.remove("");
    fell.remove(findings.get(root).subject());
    return List.copyOf(fell);
  }

  /** For each finding the effect that carries the most others, the first of equals; or -1. */
  private int[] heaviestEffects(int[] weight) {
    int[] effect = new int[findings.size()];
    Arrays.fill(effect, -1);
    for (int i = 0; i < findings.size(); i++) {
      int of = cause[i];
      if (of >= 0 && !isSameFault(of, i) && (effect[of] < 0 || weight[i] > weight[effect[of]])) {
        effect[of] = i;
      }
    }
    return effect;
  }
}

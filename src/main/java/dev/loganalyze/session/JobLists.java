package dev.loganalyze.session;

import com.google.re2j.Matcher;
import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Boots;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds lists of jobs ({@code systemctl list-jobs --after --before}), whoever printed them, in
 * which jobs wait for each other in a circle.
 *
 * <p>A job that waits is started when no other is left that it is ordered after (systemd's {@code
 * job.c, job_is_runnable()}), so that none of a circle ever is. systemd breaks circles when it
 * queues jobs, but not those that come with units that are read anew.
 */
public final class JobLists {
  private static final byte[] HEADER = "JOB UNIT ".getBytes(StandardCharsets.US_ASCII);

  /** More jobs than this, or lines of a list, no machine has. */
  private static final int MAX_JOBS = 1000;

  /** So many lists are looked at. */
  private static final int MAX_LISTS = 1000;

  /** For each job that waits the others it waits for, each with the entry that says so. */
  private final Map<String, Map<String, Integer>> waits = new TreeMap<>();

  /** The entries of the jobs that wait. */
  private final Map<String, Integer> waiting = new HashMap<>();

  private JobLists() {}

  /** The deadlocks that lists of jobs show alone. */
  public static List<Fact> in(Entries entries, List<Boot> boots) {
    List<Fact> facts = new ArrayList<>();
    int lists = 0;
    for (int i = 0; i < entries.size() && lists < MAX_LISTS; i++) {
      int from = entries.messageFrom(i);
      int to = Math.min(entries.messageTo(i), from + HEADER.length);
      if (Arrays.equals(entries.buffer(), from, to, HEADER, 0, HEADER.length)) {
        lists++;
        JobLists list = new JobLists();
        list.read(entries, i + 1);
        Boot boot = Boots.at(boots, i);
        List<String> circle = list.circle();
        if (!circle.isEmpty()) {
          facts.add(list.fact(circle, entries, boot == null ? 0 : boot.index()));
        }
      }
    }
    return facts;
  }

  private void read(Entries entries, int first) {
    String unit = "";
    int end = Math.min(entries.size(), first + MAX_JOBS);
    for (int i = first; i < end; i++) {
      String text = entries.get(i).message();
      Matcher job = UnitOutputs.JOB.matcher(text);
      Matcher wait = UnitOutputs.JOB_WAITS.matcher(text);
      if (job.find()) {
        unit = job.group(2);
        if (job.group(4).equals("waiting")) {
          waiting.put(unit, i);
        }
      } else if (wait.find()) {
        boolean other = wait.group(1).equals("blocking");
        String waits = other ? wait.group(2) : unit;
        this.waits
            .computeIfAbsent(waits, name -> new TreeMap<>())
            .putIfAbsent(other ? unit : wait.group(2), i);
      } else if (entries.origin(i) != Origin.KERNEL) {
        return;
      }
    }
  }

  /** The first jobs found of which each waits for the next, and the last for the first. */
  private List<String> circle() {
    Set<String> left = new TreeSet<>(waits.keySet());
    left.retainAll(waiting.keySet());
    List<String> way = new ArrayList<>();
    Set<String> onWay = new HashSet<>();
    while (!left.isEmpty()) {
      if (way.isEmpty()) {
        way.add(left.iterator().next());
        onWay.add(way.get(0));
      }
      String at = way.get(way.size() - 1);
      String next = waits.get(at).keySet().stream().filter(left::contains).findFirst().orElse(null);
      if (next == null) {
        // It waits for none that may be part of a circle.
        left.remove(at);
        way.remove(way.size() - 1);
        onWay.remove(at);
      } else if (onWay.add(next)) {
        way.add(next);
      } else {
        return way.subList(way.indexOf(next), way.size());
      }
    }
    return List.of();
  }

  private Fact fact(List<String> circle, Entries entries, int boot) {
    Set<Integer> shown = new TreeSet<>();
    StringBuilder says = new StringBuilder();
    for (int c = 0; c < circle.size(); c++) {
      String next = circle.get((c + 1) % circle.size());
      shown.add(waiting.get(circle.get(c)));
      shown.add(waits.get(circle.get(c)).get(next));
      says.append(c == 0 ? "" : ", ").append(circle.get(c)).append(" for ").append(next);
    }
    return new Fact(
        Fact.Kind.JOB_DEADLOCK,
        boot,
        entries.line(shown.iterator().next()),
        List.copyOf(shown),
        Map.of(
            "waiting",
            circle.get(0),
            "holder",
            circle.get(circle.size() - 1),
            "order",
            "the list of jobs says so",
            "why",
            "by the list of jobs, " + says));
  }
}

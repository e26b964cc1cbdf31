package dev.loganalyze.boot;

import dev.loganalyze.boot.Observation.Kind;
import dev.loganalyze.parse.Entries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the boots of one log say together. */
final class Resets {
  /** So many boots without a login are a loop; two may be one retry. */
  private static final int LOOP = 3;

  private Resets() {}

  /** {@code boots}, with what was seen between them added to the boot it happened to. */
  static List<Boot> observed(Entries entries, List<Boot> boots) {
    List<Boot> observed = new ArrayList<>(boots);
    for (int b = 0; b + 1 < boots.size(); b++) {
      Boot boot = boots.get(b);
      if (boot.ended() == Ended.RESET) {
        int last = Boots.lastSaid(entries, boot.firstEntry(), boot.lastEntry());
        observed.set(b, boot.with(new Observation(Kind.UNEXPECTED_RESET, last, last, Map.of())));
      }
    }
    if (boots.size() >= LOOP
        && boots.stream().allMatch(b -> b.reached().compareTo(Reached.LOGIN) < 0)) {
      int b = boots.size() - 1;
      int entry = boots.get(b).firstEntry();
      String times = Integer.toString(boots.size());
      observed.set(
          b,
          observed
              .get(b)
              .with(new Observation(Kind.BOOT_LOOP, entry, entry, Map.of("boots", times))));
    }
    return List.copyOf(observed);
  }
}

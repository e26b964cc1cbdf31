package dev.loganalyze.harness;

import dev.loganalyze.pattern.PatternSet;
import java.util.List;

/**
 * What the build makes of the files of harnesses and of logs, for build/Precompile to write down.
 */
public final class Precompiled {
  private Precompiled() {}

  /** Where {@link #tells} is looked for, from the root of the classes. */
  public static final String TELLS = "dev/loganalyze/harness/tells.packed";

  /** The automaton of what tells a harness, with what it learns of {@code logs}. */
  public static byte[] tells(List<byte[]> logs) {
    return new PatternSet(HarnessFormat.all().stream().map(HarnessFormat::tells).toList())
        .packed(logs);
  }
}

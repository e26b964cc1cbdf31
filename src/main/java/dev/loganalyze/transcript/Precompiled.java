package dev.loganalyze.transcript;

import dev.loganalyze.pattern.PatternSet;
import java.util.List;

/** What the build makes of the files of secrets and of logs, for build/Precompile to write down. */
public final class Precompiled {
  private Precompiled() {}

  /** Where {@link #secrets} are looked for, from the root of the classes. */
  public static final String SECRETS = "dev/loganalyze/transcript/secrets.packed";

  /** The automaton of what secrets begin with, with what it learns of {@code logs}. */
  public static byte[] secrets(List<byte[]> logs) {
    return new PatternSet(Secrets.beginnings()).packed(logs);
  }
}

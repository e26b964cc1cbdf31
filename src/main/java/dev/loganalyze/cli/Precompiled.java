package dev.loganalyze.cli;

import java.io.OutputStream;
import java.io.PrintStream;

/** What the build computes of the command line, for build/Precompile to write down. */
public final class Precompiled {
  private Precompiled() {}

  /** Where {@link #help} is looked for, from the root of the classes. */
  public static final String HELP = "dev/loganalyze/cli/help.txt";

  /** What {@code loganalyze --help} prints where nothing is coloured. */
  public static String help() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return Main.commandLine(nowhere, nowhere, Tty.NONE).getUsageMessage();
  }
}

package dev.loganalyze.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A program that a line of shell runs, and whose output somebody sees.
 *
 * @param program its name, without directories, behind {@code sudo}, {@code env} and their like
 * @param arguments in order, without quotes and redirections
 * @param silent whether its output goes elsewhere ({@code >/dev/null})
 */
record Command(String program, List<String> arguments, boolean silent) {
  /** Programs that run another one, which their first argument that is no option names. */
  private static final Set<String> WRAPPERS =
      Set.of(
          "sudo", "doas", "env", "timeout", "nice", "nohup", "stdbuf", "time", "exec", "setsid",
          "busybox", "builtin", "ionice", "chrt");

  /** Options of these whose value is the next word. */
  private static final Set<String> VALUED =
      Set.of("-u", "-g", "-s", "-k", "-n", "-c", "-o", "-e", "-i", "--user", "--signal");

  private static final Set<String> VALUED_OF =
      Set.of("sudo", "timeout", "nice", "stdbuf", "ionice");

  /** What lets lines through as they are. */
  private static final Set<String> FILTERS =
      Set.of(
          "head", "tail", "cat", "less", "more", "tee", "grep", "egrep", "fgrep", "sort", "uniq");

  private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "zsh");

  /** Words of the shell's grammar that stand before a command. */
  private static final Set<String> GRAMMAR =
      Set.of("if", "then", "else", "elif", "do", "while", "until", "!", "{", "}", "fi", "done");

  /** More of a line than this is looked at no further. */
  private static final int MAX_WORDS = 500;

  private static final int MAX_NESTED = 3;

  /**
   * The commands of {@code line}, in order: the first of each pipeline, if the others let its lines
   * through.
   */
  static List<Command> of(String line) {
    List<Command> commands = new ArrayList<>();
    of(line, 0, commands);
    return List.copyOf(commands);
  }

  /** Written out, since what Java makes for a record takes a small log 3 % of its time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Command command
        && program.equals(command.program)
        && arguments.equals(command.arguments)
        && silent == command.silent;
  }

  @Override
  public int hashCode() {
    return Objects.hash(program, arguments, silent);
  }

  /** The first argument that is no option, or empty. */
  String verb() {
    return arguments.stream().filter(a -> !a.startsWith("-")).findFirst().orElse("");
  }

  /** The arguments that are no options, without the verb. */
  List<String> operands() {
    return arguments.stream().filter(a -> !a.startsWith("-")).skip(1).toList();
  }

  /** Whether one of {@code options} is given. */
  boolean has(String... options) {
    return List.of(options).stream().anyMatch(arguments::contains);
  }

  /** Whether a short option {@code letter} is given, alone or among others: {@code -nPo}. */
  boolean hasLetter(char letter) {
    return arguments.stream()
        .anyMatch(a -> a.startsWith("-") && !a.startsWith("--") && a.indexOf(letter) > 0);
  }

  /** The value of option {@code name}: {@code -o X}, {@code -oX}, {@code --output=X}; or empty. */
  String value(String name, String longName) {
    for (int a = 0; a < arguments.size(); a++) {
      String argument = arguments.get(a);
      if (argument.startsWith(longName + "=")) {
        return argument.substring(longName.length() + 1);
      }
      boolean option = argument.startsWith("-") && !argument.startsWith("--");
      boolean bundled = option && argument.endsWith(name.substring(1)) && argument.length() < 8;
      if ((bundled || argument.equals(longName)) && a + 1 < arguments.size()) {
        return arguments.get(a + 1);
      }
      if (argument.startsWith(name) && argument.length() > name.length()) {
        return argument.substring(name.length());
      }
    }
    return "";
  }

  // ---- reading a line ---------------------------------------------------------------------------

  private static void of(String line, int depth, List<Command> commands) {
    List<String> words = new ArrayList<>();
    List<Command> pipeline = new ArrayList<>();
    for (String token : ShellWords.of(line, MAX_WORDS)) {
      boolean operator = ShellWords.isOperator(token);
      if (!operator) {
        words.add(token.substring(1));
        continue;
      }
      Command command = simple(words);
      words.clear();
      if (command != null) {
        pipeline.add(command);
      }
      if (!token.equals("|")) {
        end(pipeline, depth, commands);
      }
    }
    Command command = simple(words);
    if (command != null) {
      pipeline.add(command);
    }
    end(pipeline, depth, commands);
  }

  private static void end(List<Command> pipeline, int depth, List<Command> commands) {
    boolean seen =
        !pipeline.isEmpty()
            && pipeline.stream().skip(1).allMatch(c -> FILTERS.contains(c.program()));
    if (seen) {
      Command first = pipeline.get(0);
      int script = first.arguments().indexOf("-c") + 1;
      boolean shell = SHELLS.contains(first.program()) && script > 0;
      if (shell && script < first.arguments().size() && depth < MAX_NESTED) {
        of(first.arguments().get(script), depth + 1, commands);
      } else {
        commands.add(first);
      }
    }
    pipeline.clear();
  }

  /** One command without assignments, redirections and wrappers; null when nothing is left. */
  private static Command simple(List<String> words) {
    List<String> rest = new ArrayList<>();
    boolean silent = false;
    for (int w = 0; w < words.size(); w++) {
      String word = words.get(w);
      int redirected = ShellWords.redirection(word);
      if (redirected < 0) {
        rest.add(word);
      } else {
        boolean bare = redirected == word.length();
        silent |= ShellWords.isOutput(word);
        w += bare ? 1 : 0;
      }
    }
    int at = program(rest);
    if (at >= rest.size()) {
      return null;
    }
    String path = rest.get(at);
    String name = path.substring(path.lastIndexOf('/') + 1);
    return new Command(name, List.copyOf(rest.subList(at + 1, rest.size())), silent);
  }

  private static int program(List<String> words) {
    int at = 0;
    while (at < words.size()) {
      String word = words.get(at);
      String name = word.substring(word.lastIndexOf('/') + 1);
      if (isAssignment(word) || GRAMMAR.contains(word)) {
        at++;
      } else if (WRAPPERS.contains(name)) {
        at = wrapped(words, at, name);
      } else {
        return at;
      }
    }
    return at;
  }

  /** Where the program stands that the wrapper at {@code at} runs. */
  private static int wrapped(List<String> words, int at, String wrapper) {
    int next = at + 1;
    while (next < words.size()
        && (words.get(next).startsWith("-") || isAssignment(words.get(next)))) {
      boolean valued = VALUED_OF.contains(wrapper) && VALUED.contains(words.get(next));
      // sudo -n, -i and -s take no value.
      boolean plain =
          wrapper.equals("sudo") && Set.of("-n", "-i", "-s", "-k", "-e").contains(words.get(next));
      next += valued && !plain ? 2 : 1;
    }
    return wrapper.equals("timeout") ? next + 1 : next;
  }

  private static boolean isAssignment(String word) {
    int equals = word.indexOf('=');
    for (int i = 0; i < equals; i++) {
      char c = word.charAt(i);
      boolean letter = c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return equals > 0;
  }
}

package dev.loganalyze.cli;

import dev.loganalyze.report.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page of a command, made of what its {@code --help} is made of.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/man.7.html">man(7), the macros</a>
 */
final class ManPage {
  private static final int SOURCE_LINE = 78;

  private final CommandSpec spec;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandSpec spec) {
    this.spec = spec;
  }

  /** The page of {@code spec} in roff. */
  static String of(CommandSpec spec) {
    return new ManPage(spec).page();
  }

  /** The pages of {@code command} and of all commands below it, by file name. */
  static Map<String, String> all(CommandLine command) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put(name(command.getCommandSpec()) + ".1", of(command.getCommandSpec()));
    command.getSubcommands().values().forEach(sub -> pages.putAll(all(sub)));
    return pages;
  }

  /** What the page is called: {@code loganalyze-history-add}. */
  static String name(CommandSpec spec) {
    return spec.qualifiedName("-");
  }

  private String page() {
    String title = name(spec).toUpperCase(Locale.ROOT);
    macro(".TH " + title + " 1 \"\" \"" + Tool.NAME + " " + Tool.VERSION + "\" \"User Commands\"");
    // Neither hyphens nor blanks that nobody typed, for options are copied from here.
    macro(".nh");
    macro(".ad l");
    String description = String.join(" ", spec.usageMessage().description());
    section("NAME");
    text(name(spec) + " - " + summary(description));
    section("SYNOPSIS");
    synopsis();
    section("DESCRIPTION");
    text(plain(description));
    arguments();
    commands();
    footer();
    seeAlso();
    return page.toString();
  }

  /** The first sentence, without its full stop, as apropos prints it. */
  private static String summary(String description) {
    String text = plain(description);
    int end = text.indexOf(". ");
    String sentence = end < 0 ? text : text.substring(0, end);
    String bare = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    return bare.substring(0, 1).toLowerCase(Locale.ROOT) + bare.substring(1);
  }

  private void synopsis() {
    String name = spec.qualifiedName(" ");
    String synopsis =
        spec.commandLine()
            .setUsageHelpWidth(2000)
            .getHelp()
            .synopsis(0)
            .strip()
            .substring(name.length())
            .strip();
    spec.commandLine().setUsageHelpWidth(80);
    macro(".B " + escaped(name));
    text(synopsis);
  }

  private void arguments() {
    List<ArgSpec> all = new ArrayList<>();
    all.addAll(spec.positionalParameters());
    all.addAll(spec.options());
    if (!all.isEmpty()) {
      section("OPTIONS");
    }
    for (ArgSpec arg : all) {
      macro(".TP");
      macro(arg instanceof OptionSpec option ? heading(option) : heading(arg));
      text(plain(String.join(" ", arg.description())));
    }
  }

  private static String heading(ArgSpec parameter) {
    return "\\fI" + escaped(((PositionalParamSpec) parameter).paramLabel()) + "\\fR";
  }

  private static String heading(OptionSpec option) {
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      names.add("\\fB" + escaped(name) + "\\fR");
    }
    String value = option.arity().max() == 0 ? "" : "=\\fI" + escaped(option.paramLabel()) + "\\fR";
    return String.join(", ", names)
        + (option.arity().min() == 0 && !value.isEmpty() ? "[" + value + "]" : value);
  }

  private void commands() {
    if (!spec.subcommands().isEmpty()) {
      section("COMMANDS");
    }
    for (CommandLine command : spec.subcommands().values()) {
      CommandSpec sub = command.getCommandSpec();
      macro(".TP");
      macro("\\fB" + escaped(name(sub)) + "\\fR(1)");
      text(plain(String.join(" ", sub.usageMessage().description())));
    }
  }

  /** The sections of the footer; their headings end with a colon and are not indented. */
  private void footer() {
    for (String line : String.join("\n", spec.usageMessage().footer()).split("\n")) {
      String said = plain(line).strip();
      if (said.isEmpty()) {
        continue;
      }
      if (!line.startsWith(" ")) {
        section(said.substring(0, said.length() - 1).toUpperCase(Locale.ROOT));
      } else if (said.startsWith("# ")) {
        if (!page.toString().endsWith(".SH EXAMPLES\n")) {
          macro(".PP");
        }
        text(said.substring(2) + ":");
      } else if (said.startsWith("$ ")) {
        macro(".RS 4");
        macro(".nf");
        line(escaped(said));
        macro(".fi");
        macro(".RE");
      } else if (said.matches("[0-9]  .*")) {
        macro(".TP 4");
        macro(".B " + said.charAt(0));
        text(said.substring(3));
      } else {
        text(said);
      }
    }
  }

  private void seeAlso() {
    section("SEE ALSO");
    boolean top = spec.parent() == null;
    text(top ? "dmesg(1), journalctl(1), systemd-analyze(1)" : name(spec.parent()) + "(1)");
  }

  private void section(String heading) {
    macro(".SH " + escaped(heading));
  }

  private void macro(String line) {
    page.append(line).append('\n');
  }

  /** Filled text; its source lines are kept short, as man pages are read in diffs too. */
  private void text(String words) {
    String rest = escaped(words);
    while (rest.length() > SOURCE_LINE) {
      int blank = rest.lastIndexOf(' ', SOURCE_LINE);
      int end = blank < 0 ? rest.indexOf(' ') : blank;
      if (end < 0) {
        break;
      }
      line(rest.substring(0, end));
      rest = rest.substring(end + 1);
    }
    line(rest);
  }

  /** A line that begins with a full stop or an apostrophe would be a request. */
  private void line(String escaped) {
    boolean request = escaped.startsWith(".") || escaped.startsWith("\\(aq");
    macro((request ? "\\&" : "") + escaped);
  }

  /** Text with what picocli fills in, without its markup. */
  private static String plain(String description) {
    return Ansi.OFF.string(description).replace("$$", "$").replace("%%", "%");
  }

  /** Text that roff prints as it is, with the hyphens that a shell knows. */
  private static String escaped(String text) {
    StringBuilder roff = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> roff.append("\\e");
                case '-' -> roff.append("\\-");
                case '\'' -> roff.append("\\(aq");
                case '`' -> roff.append("\\(ga");
                case '^' -> roff.append("\\(ha");
                case '~' -> roff.append("\\(ti");
                default -> {
                  if (c < 0x80) {
                    roff.appendCodePoint(c);
                  } else {
                    roff.append(String.format(Locale.ROOT, "\\[u%04X]", c));
                  }
                }
              }
            });
    return roff.toString();
  }
}

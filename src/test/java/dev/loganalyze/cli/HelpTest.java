package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What every command says of itself: {@code --help}, manual pages, completion. */
class HelpTest {
  @TempDir Path folder;

  private static CommandLine root() {
    return Main.commandLine(
        new ByteArrayOutputStream(), new PrintStream(new ByteArrayOutputStream()), Tty.NONE);
  }

  private static List<CommandLine> commands() {
    List<CommandLine> all = new ArrayList<>(List.of(root()));
    for (int i = 0; i < all.size(); i++) {
      all.addAll(all.get(i).getSubcommands().values());
    }
    return all;
  }

  @Test
  void theHelpThatTheBuildWroteIsThatOfTheCommands() {
    for (String option : List.of("--help", "-h")) {
      assertEquals(root().getUsageMessage(), run(Tty.NONE, option));
    }
  }

  private static String run(Tty tty, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertEquals(
        0,
        Main.run(arguments, out, new PrintStream(err, true, StandardCharsets.UTF_8), tty),
        () -> err.toString(StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<String> examples(CommandLine command) {
    String footer = String.join("\n", command.getCommandSpec().usageMessage().footer());
    return footer
        .lines()
        .filter(line -> line.startsWith("  $ "))
        .map(line -> line.substring("  $ ".length()))
        .toList();
  }

  @Test
  void everyCommandOptionAndArgumentIsDescribed() {
    for (CommandLine command : commands()) {
      CommandSpec spec = command.getCommandSpec();
      assertNotEquals(0, spec.usageMessage().description().length, spec.qualifiedName());
      assertTrue(spec.findOption("--help") != null, spec.qualifiedName());
      for (ArgSpec arg : spec.args()) {
        assertTrue(arg.description().length > 0, spec.qualifiedName() + " " + arg.paramLabel());
      }
    }
  }

  @Test
  void everyCommandTeachesByExamplesAndTheyAreWellFormed() throws Exception {
    for (CommandLine command : commands()) {
      String name = command.getCommandSpec().qualifiedName();
      boolean leaf = command.getCommandSpec().userObject() instanceof java.lang.reflect.Method;
      List<String> examples = examples(command);
      assertTrue(examples.size() >= (leaf ? 1 : 2) && examples.size() <= 4, name + examples);
      for (String example : examples) {
        List<String> words = ShellLine.words(example.substring(example.indexOf("loganalyze ")));
        CommandLine.ParseResult parsed =
            root().parseArgs(words.subList(1, words.size()).toArray(new String[0]));
        assertTrue(parsed.errors().isEmpty(), example);
      }
    }
  }

  @Test
  void helpFitsIntoEightyColumnsAndNamesItsCommandWhenUsageIsWrong() {
    for (CommandLine command : commands()) {
      String help = command.getUsageMessage();
      assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
      assertFalse(help.contains("${"), help);
      for (String example : examples(command)) {
        assertTrue(help.contains("\n  $ " + example + "\n"), "folded: " + example);
      }
      for (ArgSpec arg : command.getCommandSpec().args()) {
        assertEquals(1, arg.description().length, arg.paramLabel() + ": folded where it is shown");
      }
      assertTrue(help.contains("\nExamples:\n"), help);
    }
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] wrong = {"history", "show"};
    assertEquals(
        2,
        Main.run(
            wrong,
            new ByteArrayOutputStream(),
            new PrintStream(err, true, StandardCharsets.UTF_8)));
    assertTrue(
        err.toString(StandardCharsets.UTF_8).endsWith("; see loganalyze history show --help\n"),
        err.toString(StandardCharsets.UTF_8));
  }

  // ---- manual pages -----------------------------------------------------------------------------

  @Test
  void manualPagesAreGoodRoff() throws Exception {
    Path pages = folder.resolve("man1");
    assertTrue(run(Tty.NONE, "man", "--into", pages.toString()).startsWith("wrote "));
    List<String> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(pages)) {
      all.map(Path::toString).sorted().forEach(files::add);
    }
    assertEquals(commands().size(), files.size());
    // A page has no date, for it is the same whenever it is made.
    String lint = sh("mandoc -T lint -W style " + String.join(" ", files) + " || true");
    assertEquals(List.of(), lint.lines().filter(line -> !line.contains("missing date")).toList());
    assertEquals("", sh("groff -man -T utf8 -ww -z " + String.join(" ", files) + " 2>&1"));
  }

  @Test
  void aManualPageSaysWhatHelpSays() throws Exception {
    Path page = folder.resolve("page.1");
    Files.writeString(page, run(Tty.NONE, "man", "journal"));
    String shown = sh("mandoc -T ascii -O width=80 " + page).replaceAll(".\b", "");
    assertTrue(shown.matches("(?s).*\nSYNOPSIS\n +loganalyze journal \\[-hkq\\] .*"), shown);
    assertTrue(shown.contains("-b, --boot[=N]\n"), shown);
    assertTrue(shown.contains("  $ loganalyze journal --list-boots system.journal\n"), shown);
    assertTrue(shown.contains("'var/log/journal/**/*.journal'"), shown);
    String main = run(Tty.NONE, "man");
    assertTrue(main.contains("\n.SH EXIT STATUS\n.TP 4\n.B 0\nbooted, and nothing"), main);
  }

  // ---- completion -------------------------------------------------------------------------------

  private String install(String shell) {
    return run(
        new Tty(
            false,
            false,
            StandardCharsets.UTF_8,
            Map.of("SHELL", "/usr/bin/" + shell, "XDG_DATA_HOME", folder.toString())),
        "completion",
        "--install");
  }

  private String bash(String... words) throws Exception {
    Path script = folder.resolve("bash-completion/completions/loganalyze");
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      line.append(" '").append(word).append('\'');
    }
    return sh(
        "bash -c '. "
            + script
            + "; COMP_WORDS=(loganalyze"
            + line.toString().replace("'", "")
            + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_loganalyze;"
            + " echo \"${COMPREPLY[*]}\"' 2>/dev/null");
  }

  @Test
  void completionIsInstalledForBashAndCompletesCommandsWordsAndIds() throws Exception {
    String said = install("bash");
    Path script = folder.resolve("bash-completion/completions/loganalyze");
    assertTrue(said.startsWith("wrote " + script + "\n"), said);
    assertEquals("", sh("bash -n " + script));
    assertEquals("explain\n", bash("exp"));
    assertEquals("json jsonl junit\n", bash("--format", "j"));
    assertEquals("systemd.device-timeout\n", bash("explain", "systemd.dev"));
    // Nothing of ours fits, so that bash offers file names.
    assertEquals("\n", bash("serial.l"));
    assertFalse(Files.readString(script).contains("compopt +o default"));
  }

  @Test
  void completionIsInstalledForZshAndAnswersTheFirstTab() throws Exception {
    String said = install("zsh");
    assertTrue(said.startsWith("wrote " + folder.resolve("zsh/site-functions/_loganalyze")), said);
    Path terminal = folder.resolve("terminal.zsh");
    Files.writeString(
        terminal,
        """
        zmodload zsh/zpty
        zpty z zsh -f -i
        zpty -w z "fpath=($1/zsh/site-functions \\$fpath); autoload -U compinit; compinit -D -u"
        zpty -w z "echo 'REA''DY'"
        zpty -r z line '*READY*'
        zpty -w -n z $'loganalyze explain systemd.dev\\t'
        zpty -r z line '*systemd.device-timeout*'
        print -r -- "$line"
        zpty -d z
        """);
    String shown = sh("timeout 30 zsh -f " + terminal + " " + folder);
    assertTrue(shown.contains("loganalyze explain systemd.device-timeout"), shown);
  }

  @Test
  void anotherShellIsTold() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Tty fish = new Tty(false, false, StandardCharsets.UTF_8, Map.of("SHELL", "/bin/fish"));
    String[] arguments = {"completion", "--install"};
    assertEquals(
        2,
        Main.run(
            arguments,
            new ByteArrayOutputStream(),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            fish));
    assertTrue(
        err.toString(StandardCharsets.UTF_8).contains("SHELL names 'fish'"),
        err.toString(StandardCharsets.UTF_8));
  }

  private String sh(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), command + "\n" + said);
    return said;
  }
}

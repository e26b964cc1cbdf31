package dev.loganalyze.cli;

import dev.loganalyze.input.Contents;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import dev.loganalyze.journal.Damage;
import dev.loganalyze.journal.Id128;
import dev.loganalyze.journal.JournalBoot;
import dev.loganalyze.journal.JournalEntry;
import dev.loganalyze.journal.JournalException;
import dev.loganalyze.journal.JournalFilter;
import dev.loganalyze.journal.JournalFormat;
import dev.loganalyze.journal.JournalMerge;
import dev.loganalyze.journal.JournalReader;
import dev.loganalyze.journal.JournalWriter;
import dev.loganalyze.journal.ReadAhead;
import dev.loganalyze.report.PrintableOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints journals as journalctl does, without journalctl. */
@Command(
    name = "journal",
    sortOptions = false,
    description =
        "Print systemd journals (binary, export or JSON) as journalctl does; several files of one"
            + " machine are merged. Times are UTC.",
    footer =
        """

        Examples:
          # What a unit said in the last boot
          $ loganalyze journal -b -u ssh.service system.journal
          # Which boots there are
          $ loganalyze journal --list-boots system.journal
          # All files of a machine as JSON, errors and worse
          $ loganalyze journal -o json -p err 'var/log/journal/**/*.journal'""")
final class JournalCommand implements Callable<Integer> {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final List<String> PRIORITIES =
      List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");

  private final OutputStream out;
  private final PrintStream err;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Journals (also gzip, xz, bzip2, zstd), quoted globs, - for stdin.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "short",
      description =
          "short (default), short-precise, short-iso, short-iso-precise, short-full, short-unix,"
              + " short-monotonic, with-unit, verbose, cat, export, json, json-pretty, json-sse or"
              + " json-seq.")
  private String output;

  @Option(
      names = {"-u", "--unit"},
      paramLabel = "UNIT",
      description = "Only entries of this unit; repeats.")
  private List<String> units = new ArrayList<>();

  @Option(
      names = {"-b", "--boot"},
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "0",
      preprocessor = OptionalBoot.class,
      description =
          "Only one boot: 0 the last (default), -1 the one before, 1 the first, or an id.")
  private String boot;

  @Option(
      names = {"-p", "--priority"},
      paramLabel = "PRIORITY",
      description =
          "Only this priority and graver ones, name or 0..7; or a range such as err..info.")
  private String priority;

  @Option(
      names = {"-k", "--dmesg"},
      description = "Only the kernel's entries of one boot, the last unless -b says which.")
  private boolean kernel;

  @Option(
      names = {"-S", "--since"},
      paramLabel = "TIME",
      description =
          "Only from this time on: '2026-11-18 11:06:41[.5]', or @ and seconds since 1970.")
  private String since;

  @Option(
      names = {"-U", "--until"},
      paramLabel = "TIME",
      description = "Only up to this time.")
  private String until;

  @Option(names = "--list-boots", description = "List the boots and print no entries.")
  private boolean listBoots;

  @Option(
      names = "--seqnum",
      description = "Tell __SEQNUM in export and JSON, as journalctl does from version 254 on.")
  private boolean seqnums;

  @Option(
      names = {"-q", "--quiet"},
      description = "No lines such as '-- Boot ... --' between the entries.")
  private boolean quiet;

  JournalCommand(OutputStream out, PrintStream err, Tty tty) {
    // To a file or a pipe it is what journalctl writes, byte for byte.
    this.out = tty.out() ? new PrintableOutput(out) : out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    JournalFormat format = JournalFormat.of(output);
    if (format == null) {
      throw new CommandException(
          "there is no format '" + output + "'; choose one of " + JournalFormat.words());
    }
    Predicate<JournalEntry> wanted = filter();
    List<Opened> journals = new ArrayList<>();
    boolean complete = openInto(journals);
    if (!journals.isEmpty()) {
      BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
      if (listBoots) {
        list(boots(journals), buffered);
      } else {
        print(journals, format, wanted, buffered);
      }
      buffered.flush();
      for (Opened journal : journals) {
        for (Damage damage : journal.reader().damage()) {
          complain(journal.source().path() + ": " + damage);
        }
      }
      journals.forEach(journal -> journal.source().close());
    }
    return (complete ? ExitCode.OK : ExitCode.UNUSABLE).status;
  }

  // ---- files ------------------------------------------------------------------------------------

  /** A journal and its entries, from the first one on. */
  private record Opened(Source source, JournalReader reader) {
    /** The same from the first one on again. */
    Opened again() {
      try {
        return new Opened(source, JournalFiles.open(source));
      } catch (JournalException e) {
        throw new IllegalStateException("it could be opened before", e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** False when one of them could not be read. */
  private boolean openInto(List<Opened> journals) {
    Inputs.Listing listing = Inputs.list(paths);
    listing.failures().forEach(failure -> complain(failure.getMessage()));
    boolean complete = listing.failures().isEmpty();
    for (Inputs.Located located : listing.inputs()) {
      Contents contents = Inputs.open(located, new JournalFiles(), false);
      contents.failures().forEach(failure -> complain(failure.getMessage()));
      complete &= contents.failures().isEmpty();
      for (Source source : contents.logs()) {
        try {
          journals.add(new Opened(source, JournalFiles.open(source)));
          if (!source.damage().isEmpty()) {
            complain(source.damage());
          }
        } catch (JournalException | IOException e) {
          complain(source.path() + ": " + e.getMessage());
          complete = false;
        }
      }
    }
    return complete;
  }

  private static JournalReader merged(List<Opened> journals) {
    return new JournalMerge(journals.stream().map(Opened::reader).toList());
  }

  private static List<JournalBoot> boots(List<Opened> journals) {
    return JournalBoot.list(merged(journals));
  }

  private void complain(String sentence) {
    err.println("loganalyze: " + sentence);
  }

  // ---- entries ----------------------------------------------------------------------------------

  private void print(
      List<Opened> journals, JournalFormat format, Predicate<JournalEntry> asked, OutputStream to)
      throws IOException {
    Predicate<JournalEntry> wanted = asked;
    if (boot != null || kernel) {
      wanted = wanted.and(JournalFilter.boot(bootId(journals)));
    }
    JournalWriter writer = format.writer(UTC, seqnums);
    JournalReader merged = merged(journals);
    if (journals.stream().allMatch(journal -> journal.source().excerpt() != null)) {
      merged = new ReadAhead(merged, Runtime.getRuntime().availableProcessors());
    }
    Id128 before = Id128.NULL;
    boolean remarks = format.isForPeople() && !quiet;
    boolean none = true;
    for (JournalEntry entry = merged.next(); entry != null; entry = merged.next()) {
      if (!wanted.test(entry)) {
        continue;
      }
      if (remarks && !before.isNull() && !entry.bootId().equals(before)) {
        to.write(utf8("-- Boot " + entry.bootId() + " --\n"));
      }
      before = entry.bootId();
      none = false;
      writer.write(entry, to);
    }
    if (none && remarks) {
      to.write(utf8("-- No entries --\n"));
    }
  }

  /** The table that journalctl 252 prints. */
  private static void list(List<JournalBoot> boots, OutputStream to) throws IOException {
    DateTimeFormatter time =
        DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH).withZone(UTC);
    int width = Math.max(3, Integer.toString(1 - boots.size()).length());
    String row = "%" + width + "s %-32s %-27s %-27s";
    to.write(utf8(row(row, "IDX", "BOOT ID", "FIRST ENTRY", "LAST ENTRY")));
    for (int i = 0; i < boots.size(); i++) {
      JournalBoot boot = boots.get(i);
      to.write(
          utf8(
              row(
                  row,
                  Integer.toString(i + 1 - boots.size()),
                  boot.id().toString(),
                  time.format(Instant.ofEpochSecond(boot.first() / 1_000_000)),
                  time.format(Instant.ofEpochSecond(boot.last() / 1_000_000)))));
    }
  }

  private static String row(String format, Object... cells) {
    return String.format(Locale.ROOT, format, cells).stripTrailing() + "\n";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  // ---- options ----------------------------------------------------------------------------------

  private Predicate<JournalEntry> filter() {
    Predicate<JournalEntry> wanted = e -> true;
    if (!units.isEmpty()) {
      wanted = wanted.and(JournalFilter.units(units.stream().map(JournalCommand::unit).toList()));
    }
    if (priority != null) {
      int dots = priority.indexOf("..");
      int first = dots < 0 ? 0 : priorityNumber(priority.substring(0, dots));
      int last = priorityNumber(dots < 0 ? priority : priority.substring(dots + 2));
      wanted = wanted.and(JournalFilter.priority(Math.min(first, last), Math.max(first, last)));
    }
    if (kernel) {
      wanted = wanted.and(JournalFilter.kernel());
    }
    if (since != null || until != null) {
      long from = since == null ? Long.MIN_VALUE : JournalTime.micros(since);
      long to = until == null ? Long.MAX_VALUE : JournalTime.micros(until);
      wanted = wanted.and(JournalFilter.between(from, to));
    }
    return wanted;
  }

  /** A name without a type is that of a service. */
  private static String unit(String name) {
    return name.indexOf('.') < 0 ? name + ".service" : name;
  }

  private static int priorityNumber(String word) {
    int number =
        switch (word) {
          case "panic" -> 0;
          case "error" -> 3;
          case "warn" -> 4;
          default -> PRIORITIES.indexOf(word);
        };
    if (number < 0 && word.length() == 1 && word.charAt(0) >= '0' && word.charAt(0) <= '7') {
      number = word.charAt(0) - '0';
    }
    if (number < 0) {
      throw new CommandException(
          "there is no priority '"
              + word
              + "'; give 0 to 7 or one of "
              + String.join(", ", PRIORITIES));
    }
    return number;
  }

  /** The word after {@code -b} is taken as a boot only when it looks like one: it may be a file. */
  static final class OptionalBoot implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      // Attached, as in -b-1 or --boot=-1, it is the value whatever it looks like.
      boolean attached = !" ".equals(info.get("separator"));
      if (!attached && (words.isEmpty() || !looksLikeBoot(words.peek()))) {
        words.push("0");
      }
      return false;
    }

    private static boolean looksLikeBoot(String word) {
      String digits = word.startsWith("-") || word.startsWith("+") ? word.substring(1) : word;
      return Id128.parse(word) != null
          || (!digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9'));
    }
  }

  private Id128 bootId(List<Opened> journals) {
    String asked = boot == null ? "0" : boot;
    // They are read to their ends here, and printed from their beginnings.
    List<JournalBoot> boots = boots(journals.stream().map(Opened::again).toList());
    Id128 id = Id128.parse(asked);
    if (id != null && boots.stream().anyMatch(b -> b.id().equals(id))) {
      return id;
    }
    int number = 0;
    if (id == null) {
      try {
        number = Integer.parseInt(asked);
      } catch (NumberFormatException e) {
        throw new CommandException(
            "'" + asked + "' is no boot; give 0, -1, … or a boot id, see --list-boots");
      }
    }
    // Counted from the end: 0 is the last; counted from the beginning: 1 is the first.
    int index = number > 0 ? number - 1 : boots.size() - 1 + number;
    if (id != null || index < 0 || index >= boots.size()) {
      throw new CommandException(
          "there is no boot '" + asked + "' in these journals; see --list-boots");
    }
    return boots.get(index).id();
  }
}

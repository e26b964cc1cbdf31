package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boots;
import dev.loganalyze.harness.HarnessLog;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Inputs.Located;
import dev.loganalyze.input.Source;
import dev.loganalyze.journal.JournalException;
import dev.loganalyze.journal.JournalFile;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which files are one run.
 *
 * <p>A folder is a run folder when one console log lies in it together with a harness log, metadata
 * or a journal; all that lies in it and below it belongs to the run, and a {@code *ledger.jsonl}
 * one or two folders up tells of it. A folder of nothing but binary journals, as {@code
 * /var/log/journal/<machine-id>}, is one run, too. Beside {@code X.log}, {@code X.chunks.tsv} or
 * {@code X.chunks.gz} is its chunk record. Every other file is a run of its own.
 */
public final class RunFolders {
  /** A folder of more files than this is an archive of logs and no run. */
  private static final int MAX_FILES = 64;

  private static final int MAX_DEPTH = 3;

  /** What {@code loganalyze run} makes of a run; it quotes the console, and tells nothing new. */
  private static final Set<String> REPORTS = Set.of("report.html", "note.md");

  /**
   * The names that journald gives: {@code system.journal}, {@code user-1000.journal}, {@code
   * system@….journal}, and with a tilde what was not closed; journald-manager.c.
   */
  private static final Pattern JOURNAL =
      Pattern.compile("(system|user-\\d++)(@[0-9a-f-]++)?\\.journal~?(\\.[a-z0-9]++)?");

  private RunFolders() {}

  /**
   * Files that are one run.
   *
   * @param name what the run is called: the folder, or its only log
   * @param members the console log first, if there is one
   */
  public record Group(String name, List<Located> members) {}

  /**
   * Logs that are one run, read.
   *
   * @param name what the run is called
   * @param sources the console log first, if there is one
   */
  public record Run(String name, List<Source> sources) {}

  /**
   * The runs that the logs of an archive are: a console log that lies in one folder of it together
   * with harness logs or journals is a run with all logs of this folder. Folders below it,
   * metadata, ledgers, chunk records and folders of nothing but journals count only where they are
   * files.
   */
  public static List<Run> in(List<Source> logs) throws InputException {
    Map<String, List<Source>> folders = new LinkedHashMap<>();
    for (Source log : logs) {
      String path = log.path();
      folders
          .computeIfAbsent(path.substring(0, path.lastIndexOf('/') + 1), f -> new ArrayList<>())
          .add(log);
    }
    List<Run> runs = new ArrayList<>();
    for (Map.Entry<String, List<Source>> folder : folders.entrySet()) {
      List<Source> members = folder.getValue();
      Map<Source, Role> roles = new LinkedHashMap<>();
      for (Source member : members.size() > MAX_FILES ? List.<Source>of() : members) {
        roles.put(member, role(member));
      }
      List<Source> consoles = members.stream().filter(m -> roles.get(m) == Role.CONSOLE).toList();
      boolean told = roles.containsValue(Role.HARNESS) || roles.containsValue(Role.JOURNAL);
      if (consoles.size() == 1 && told) {
        List<Source> run = new ArrayList<>(consoles);
        members.stream().filter(m -> !m.path().equals(consoles.get(0).path())).forEach(run::add);
        runs.add(new Run(folder.getKey().replaceFirst("/$", ""), run));
      } else {
        members.forEach(m -> runs.add(new Run(m.path(), List.of(m))));
      }
    }
    return runs;
  }

  /** {@code logs} in groups, in their order. */
  public static List<Group> of(List<Located> logs) {
    Map<Path, Integer> folders = new TreeMap<>();
    for (Located log : logs) {
      if (log.path() != null && !log.named()) {
        folders.merge(folder(log.path()), 1, Integer::sum);
      }
    }
    Map<Path, Group> runs = new LinkedHashMap<>();
    for (Path folder : folders.keySet()) {
      boolean inside = runs.keySet().stream().anyMatch(folder::startsWith);
      Group group = inside ? null : run(folder);
      if (group != null) {
        runs.put(folder, group);
      }
    }
    List<Group> groups = new ArrayList<>();
    for (Located log : logs) {
      Path run =
          log.path() == null || log.named()
              ? null
              : runs.keySet().stream().filter(log.path()::startsWith).findFirst().orElse(null);
      if (run == null && isOfRuns(log, runs.keySet())) {
        continue;
      }
      if (run == null) {
        groups.add(alone(log));
      } else if (!groups.contains(runs.get(run))) {
        groups.add(runs.get(run));
      }
    }
    return groups;
  }

  /** Whether it is the ledger of runs that are given, too, and is read with each of them. */
  private static boolean isOfRuns(Located log, Set<Path> runs) {
    return log.path() != null
        && !log.named()
        && isLedger(log.path())
        && runs.stream().anyMatch(run -> run.startsWith(folder(log.path())));
  }

  private static Path folder(Path file) {
    return file.getParent() == null ? Path.of("") : file.getParent();
  }

  /** A log with the chunk record beside it. */
  private static Group alone(Located log) {
    List<Located> members = new ArrayList<>(List.of(log));
    if (log.path() != null) {
      String stem = log.path().getFileName().toString().replaceFirst("(\\.log)?(\\.gz)?$", "");
      for (String suffix : List.of(".chunks.tsv", ".chunks.gz", ".chunks")) {
        Path record = log.path().resolveSibling(stem + suffix);
        // No link: it may lead out of the folder.
        if (!record.equals(log.path()) && Files.isRegularFile(record, LinkOption.NOFOLLOW_LINKS)) {
          members.add(new Located(record.toString(), record, true));
          break;
        }
      }
    }
    return new Group(log.name(), members);
  }

  /** The run that lies in {@code folder}, or null when it is no run folder. */
  private static Group run(Path folder) {
    List<Path> files = files(folder, 1);
    if (files.size() > MAX_FILES) {
      return null;
    }
    Map<Path, Role> roles = new LinkedHashMap<>();
    for (Path file : files) {
      roles.put(file, role(file));
    }
    List<Path> consoles =
        roles.keySet().stream().filter(f -> roles.get(f) == Role.CONSOLE).toList();
    boolean told =
        roles.containsValue(Role.HARNESS)
            || roles.containsValue(Role.METADATA)
            || roles.containsValue(Role.JOURNAL);
    if (isJournal(roles)) {
      return new Group(folder.toString(), files.stream().map(RunFolders::located).toList());
    }
    if (consoles.size() != 1 || !told) {
      return null;
    }
    List<Located> members = new ArrayList<>();
    members.add(located(consoles.get(0)));
    files(folder, MAX_DEPTH).stream()
        .filter(f -> !f.equals(consoles.get(0)))
        .limit(4L * MAX_FILES)
        .forEach(f -> members.add(located(f)));
    ledger(folder).ifPresent(f -> members.add(located(f)));
    return new Group(folder.toString(), members);
  }

  /** The ledger that lies beside the run folder or one further up, as its runs are kept. */
  private static Optional<Path> ledger(Path folder) {
    for (int up = 1; up <= 2; up++) {
      Path parent = folder.resolve("../".repeat(up)).normalize();
      Optional<Path> found = files(parent, 1, RunFolders::isLedger).stream().findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static boolean isLedger(Path file) {
    return isLedger(file.toString());
  }

  /** Of an archive's member, too, which may have a name that no file can have. */
  static boolean isLedger(String path) {
    return path.endsWith("ledger.jsonl");
  }

  private static boolean isJournal(Map<Path, Role> roles) {
    return roles.size() > 1
        && roles.entrySet().stream()
            .allMatch(
                file ->
                    file.getValue() == Role.JOURNAL
                        && JOURNAL.matcher(file.getKey().getFileName().toString()).matches());
  }

  private static Located located(Path file) {
    return new Located(file.toString(), file, false);
  }

  private static List<Path> files(Path folder, int depth) {
    return files(folder, depth, file -> true);
  }

  /** Of the files that are {@code wanted}, the first by name. */
  private static List<Path> files(Path folder, int depth, Predicate<Path> wanted) {
    try (Stream<Path> paths =
        Files.walk(folder.toString().isEmpty() ? Path.of(".") : folder, depth)) {
      return paths
          .filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS))
          .map(Path::normalize)
          .filter(p -> !p.getFileName().toString().startsWith("."))
          .filter(p -> !p.toString().endsWith(".expected.yaml"))
          .filter(p -> !REPORTS.contains(p.getFileName().toString()))
          .filter(wanted)
          .sorted()
          .limit(10L * MAX_FILES)
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      return List.of();
    }
  }

  /** The role by the first bytes; what cannot be read is nothing in particular. */
  private static Role role(Path file) {
    try {
      Located located = located(file);
      byte[] head = Inputs.head(located, Role.HEAD);
      if (head == null) {
        return Role.OUTPUT;
      }
      if (JournalFile.matches(head)) {
        return hasEntries(file) ? Role.JOURNAL : Role.OUTPUT;
      }
      return role(new Source(located.name(), Source.Compression.NONE, 0, "", head, ""));
    } catch (InputException e) {
      return Role.OUTPUT;
    }
  }

  /** Whether there is an entry in a binary journal, which may be compressed. */
  private static boolean hasEntries(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return new JournalFile(channel, Set.of()).next() != null;
    } catch (IOException e) {
      return false;
    } catch (JournalException e) {
      List<Source> unpacked = Inputs.open(located(file)).logs();
      return !unpacked.isEmpty() && hasEntries(unpacked.get(0).content());
    }
  }

  private static boolean hasEntries(byte[] journal) {
    try {
      return new JournalFile(journal).next() != null;
    } catch (JournalException e) {
      return false;
    }
  }

  /** The role of {@code source} by its first bytes. */
  static Role role(Source source) throws InputException {
    byte[] content = source.content();
    if (source.excerpt() != null && JournalFile.matches(content)) {
      return Role.JOURNAL;
    }
    byte[] head = Arrays.copyOf(content, Math.min(Role.HEAD, content.length));
    Source start =
        new Source(
            source.path(),
            source.compression(),
            source.storedBytes(),
            source.sha256(),
            JournalFile.matches(content) ? content : head,
            "");
    // Nothing of it is shown, so that nothing needs to be masked.
    Entries entries = Analyzer.entries(start, LineParser.Engine.TABLE, false);
    if (entries.isOfHarness()) {
      Role metadata = isLedger(source.path()) ? Role.LEDGER : Role.METADATA;
      return entries.format().startsWith("metadata") ? metadata : Role.HARNESS;
    }
    return HarnessLog.matches(head)
        ? Role.HARNESS
        : Role.of(head, entries.isJournal(), !Boots.of(entries).isEmpty());
  }
}

package dev.loganalyze.harness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.pattern.PatternSet;
import dev.loganalyze.resource.BuiltIn;
import dev.loganalyze.resource.Packed;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How one harness writes, as a file under {@code resources/harness} says.
 *
 * @param tells what is in a line of the first 64 KiB of each of its logs
 * @param prefix what may stand before its lines, or null
 * @param lines what its lines say, by an expression on the line without stamp, prefix and the
 *     blanks around it
 * @param values what its lines tell of the run, by name; each expression has one group, named so
 */
record HarnessFormat(
    Expression tells,
    Expression prefix,
    Map<Kind, Expression> lines,
    Map<String, Expression> values) {

  private static final List<String> FILES =
      List.of("pre-nixos", "pexpect", "nixos-test-driver", "lava", "avocado", "github-actions");

  /** Read when one of them is told of a log. */
  private static final class Read {
    static final List<HarnessFormat> ALL = read();
  }

  /** What tells each. */
  private static final class Tells {
    static final PatternSet ALL = new PatternSet(Packed.Reader.of(Precompiled.TELLS));
  }

  /** So much of a log tells its format. */
  private static final int HEAD = 1 << 16;

  /** What a line of a harness log says. */
  enum Kind {
    /** What the machine printed; groups {@code text} and, where there are several, machine. */
    CONSOLE,
    /** A command was typed, which the console echoes; group {@code command}. */
    COMMAND,
    /** A wait begins; groups {@code patterns} or {@code what}, and {@code limit}. */
    AWAIT,
    /** What was last waited for came. */
    MATCHED,
    /** The wait of group {@code what} is over. */
    FINISHED,
    /** What was waited for did not come in time. */
    TIMED_OUT,
    /** The console was closed. */
    ENDED,
    /** The end of the console, as a Python literal in group {@code seen}. */
    SEEN,
    /** An expression that was waited for, as a Python literal in group {@code pattern}. */
    SEARCHED,
    /** An answer that was read; groups {@code command}, {@code after}, {@code returned}. */
    REPLY;

    private String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The formats that a log is written in; often none. */
  static List<HarnessFormat> of(byte[] log) {
    BitSet found = new BitSet();
    try (PatternSet.Scanner scanner = Tells.ALL.scanner()) {
      scanner.lines(
          log,
          Math.min(HEAD, log.length),
          (from, to, suspect) -> {
            if (suspect) {
              BitSet hits = new BitSet();
              scanner.scan(log, from, to, hits);
              hits.andNot(found);
              if (!hits.isEmpty()) {
                String line = new String(log, from, to - from, StandardCharsets.ISO_8859_1);
                hits.stream().filter(h -> all().get(h).tells.occursIn(line)).forEach(found::set);
              }
            }
          });
    }
    return found.stream().mapToObj(i -> all().get(i)).toList();
  }

  /** The formats that are known. */
  static List<HarnessFormat> all() {
    return Read.ALL;
  }

  private static List<HarnessFormat> read() {
    JsonNode files = BuiltIn.files("harness");
    return FILES.stream().map(name -> of(files.get(name + ".yaml"))).toList();
  }

  private static HarnessFormat of(JsonNode file) {
    Map<Kind, Expression> lines = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      if (file.has(kind.key())) {
        lines.put(kind, Expression.tested(file.get(kind.key()).asText()));
      }
    }
    Map<String, Expression> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> value : file.path("values").properties()) {
      values.put(value.getKey(), Expression.tested(value.getValue().asText()));
    }
    Expression prefix = file.has("prefix") ? Expression.tested(file.get("prefix").asText()) : null;
    return new HarnessFormat(Expression.tested(file.get("tells").asText()), prefix, lines, values);
  }
}

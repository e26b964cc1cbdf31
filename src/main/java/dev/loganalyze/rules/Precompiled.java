package dev.loganalyze.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.pattern.PatternSet;
import dev.loganalyze.resource.Packed;
import dev.loganalyze.transcript.Transcript;
import java.util.BitSet;
import java.util.List;

/** What the build makes of the rule files and of logs, for build/Precompile to write down. */
public final class Precompiled {
  private Precompiled() {}

  /** Where {@link #rules} are looked for, from the root of the classes. */
  public static final String RULES = "dev/loganalyze/rules/rules.packed";

  /**
   * The rules in the form in which the program reads them.
   *
   * @param files the content of each rule file, by its path from the folder of rules
   * @throws RuleException when one of them is faulty
   */
  public static byte[] rules(JsonNode files) throws RuleException {
    return PackedRules.written(RuleSet.of(files).rules());
  }

  /** Where {@link #sought} is looked for, from the root of the classes. */
  public static final String SOUGHT = "dev/loganalyze/rules/sought.packed";

  /**
   * The automaton of all that an analysis looks for in lines, with what it learns of {@code logs}.
   * What {@link #rules} gave, and what the parser of lines needs, must be in its place.
   */
  public static byte[] sought(List<byte[]> logs) {
    Sought sought = new RuleMatcher(RuleSet.builtIn()).sought();
    try (PatternSet.Scanner scanner = sought.patterns().scanner()) {
      for (byte[] log : logs) {
        Entries entries = LineParser.parse(Transcript.console(log));
        for (int i = 0; i < entries.size(); i++) {
          scanner.scan(
              entries.buffer(), entries.messageFrom(i), entries.messageTo(i), new BitSet());
        }
      }
    }
    Packed.Writer out = new Packed.Writer();
    sought.pack(out);
    return out.written();
  }
}

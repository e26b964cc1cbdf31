package dev.loganalyze.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.Noise;
import dev.loganalyze.pattern.PatternSet;
import dev.loganalyze.resource.Packed;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class SoughtTest {
  /**
   * What the build wrote is of these rules and other rooms' beginnings, and learnt nothing false.
   */
  @Test
  void theAutomatonThatTheBuildWroteFindsWhatANewOneFinds() {
    int found = 0;
    PatternSet anew = new RuleMatcher(RuleSet.builtIn()).sought().patterns();
    PatternSet written = Sought.of(Packed.Reader.of(Precompiled.SOUGHT)).patterns();
    try (PatternSet.Scanner expected = anew.scanner();
        PatternSet.Scanner scanner = written.scanner()) {
      for (byte[] line : Noise.lines()) {
        BitSet all = new BitSet();
        expected.scan(line, 0, line.length, all);
        BitSet hits = new BitSet();
        scanner.scan(line, 0, line.length, hits);
        assertEquals(all, hits);
        found += hits.cardinality();
      }
    }
    assertTrue(found > 20, found + " hits");
  }
}

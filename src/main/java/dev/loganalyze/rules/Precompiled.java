package dev.loganalyze.rules;

import com.fasterxml.jackson.databind.JsonNode;

/** What the build makes of the rule files, for build/Precompile to write down. */
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
}

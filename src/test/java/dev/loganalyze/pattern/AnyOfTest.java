package dev.loganalyze.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AnyOfTest {
  @Test
  void saysWhatAnAlternationWould() {
    // The automaton takes the edge of a word and the tenth repetition for more than they are.
    List<String> texts = List.of("^a{10}$", "\\bword\\b", "é+x", "list_(?:add|del)");
    AnyOf anyOf = new AnyOf(texts.stream().map(Expression::tested).toList());
    Pattern alternation = Pattern.compile(String.join("|", texts));
    for (String text :
        List.of(
            "",
            "a".repeat(9),
            "a".repeat(10),
            "a".repeat(11),
            "a word",
            "swords",
            "ééx",
            "èx",
            "__list_del_entry")) {
      assertEquals(alternation.matcher(text).find(), anyOf.occursIn(text), text);
    }
    assertFalse(new AnyOf(List.of()).occursIn("anything"));
  }
}

package dev.loganalyze.parse;

import dev.loganalyze.parse.grammar.RuleConditionBaseVisitor;
import dev.loganalyze.parse.grammar.RuleConditionLexer;
import dev.loganalyze.parse.grammar.RuleConditionParser;
import dev.loganalyze.parse.grammar.RuleConditionParser.StepContext;
import dev.loganalyze.parse.grammar.RuleConditionParser.TimespanContext;
import dev.loganalyze.parse.grammar.RuleConditionParser.WithinContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;

/** The door to the grammar {@code RuleCondition}. */
public final class ConditionParser {
  private ConditionParser() {}

  /**
   * The condition that {@code text} is.
   *
   * @throws ConditionException when it is none
   */
  public static Condition parse(String text) throws ConditionException {
    RuleConditionLexer lexer = new RuleConditionLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    RuleConditionParser parser = new RuleConditionParser(new CommonTokenStream(lexer));
    parser.removeErrorListeners();
    FirstFault faults = new FirstFault();
    parser.addErrorListener(faults);
    RuleConditionParser.ConditionContext tree = parser.condition();
    if (faults.first != null) {
      throw faults.first;
    }
    return new Builder().visit(tree.sequence());
  }

  private static final class FirstFault extends BaseErrorListener {
    private ConditionException first;

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        Object symbol,
        int line,
        int column,
        String message,
        RecognitionException e) {
      if (first == null) {
        RuleConditionParser parser = (RuleConditionParser) recognizer;
        Token token = (Token) symbol;
        String found =
            token.getType() == Token.EOF ? "it ends" : "'" + token.getText() + "' stands";
        String expected =
            parser.getExpectedTokens().toString(parser.getVocabulary()).replaceAll("[{}]", "");
        first =
            new ConditionException(
                column + 1,
                found
                    + " at column "
                    + (column + 1)
                    + " of the condition, where one of these belongs: "
                    + expected
                        .replace("NAME", "a part's name")
                        .replace("NUMBER", "a number")
                        .replace("<EOF>", "its end")
                        .replace("UNIT", "ms, s, min or h"));
      }
    }
  }

  private static final class Builder extends RuleConditionBaseVisitor<Condition> {
    private final List<String> names = new ArrayList<>();

    @Override
    public Condition visitSequence(RuleConditionParser.SequenceContext sequence) {
      if (sequence.repeated() != null) {
        return visit(sequence.repeated());
      }
      names.add(sequence.step().getText());
      return visit(sequence.tail());
    }

    @Override
    public Condition visitFollowing(RuleConditionParser.FollowingContext tail) {
      return condition(Condition.Kind.THEN, tail.step(), tail.within());
    }

    @Override
    public Condition visitMissing(RuleConditionParser.MissingContext tail) {
      return condition(Condition.Kind.WITHOUT, List.of(tail.step()), tail.within());
    }

    @Override
    public Condition visitEnclosed(RuleConditionParser.EnclosedContext tail) {
      return condition(Condition.Kind.BETWEEN, tail.step(), null);
    }

    @Override
    public Condition visitRepeated(RuleConditionParser.RepeatedContext repeated) {
      return new Condition(
          Condition.Kind.AT_LEAST,
          List.of(repeated.step().getText()),
          number(repeated.NUMBER().getText()),
          limit(repeated.within()));
    }

    private Condition condition(
        Condition.Kind kind, List<StepContext> steps, WithinContext within) {
      steps.forEach(step -> names.add(step.getText()));
      return new Condition(kind, List.copyOf(names), 0, limit(within));
    }

    private static int number(String digits) {
      return digits.length() > 9 ? 1_000_000_000 : Integer.parseInt(digits);
    }

    private static long limit(WithinContext within) {
      if (within == null) {
        return Condition.NO_LIMIT;
      }
      TimespanContext span = within.timespan();
      long micros = 0;
      for (int i = 0; i < span.NUMBER().size(); i++) {
        micros += number(span.NUMBER(i).getText()) * micros(span.UNIT(i).getText());
      }
      return micros;
    }

    private static long micros(String unit) {
      return switch (unit) {
        case "ms" -> 1000L;
        case "s" -> 1_000_000L;
        case "min" -> 60_000_000L;
        default -> 3_600_000_000L;
      };
    }
  }
}

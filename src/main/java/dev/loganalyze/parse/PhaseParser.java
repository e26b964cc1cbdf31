package dev.loganalyze.parse;

import dev.loganalyze.parse.grammar.BootPhasesBaseVisitor;
import dev.loganalyze.parse.grammar.BootPhasesParser;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.tree.RuleNode;

/** The door to the grammar {@code BootPhases}: kinds of lines to boots and their phases. */
public final class PhaseParser {
  private PhaseParser() {}

  /** A kind of line that tells the phase; the names are the grammar's tokens. */
  public enum Kind {
    /** Stands before the first line of each boot. */
    BOOT(BootPhasesParser.BOOT),
    FIRMWARE(BootPhasesParser.FIRMWARE),
    LOADER(BootPhasesParser.LOADER),
    KERNEL(BootPhasesParser.KERNEL),
    INITRD(BootPhasesParser.INITRD),
    USERSPACE(BootPhasesParser.USERSPACE),
    LOGIN(BootPhasesParser.LOGIN),
    SESSION(BootPhasesParser.SESSION),
    SHUTDOWN(BootPhasesParser.SHUTDOWN);

    private final int token;

    Kind(int token) {
      this.token = token;
    }
  }

  /**
   * One phase of a boot.
   *
   * @param kind which; never {@link Kind#BOOT}
   * @param first index of its first line in the list that was parsed
   */
  public record Stretch(Kind kind, int first) {}

  /**
   * The phases of each boot, in order. {@code kinds} begins with {@link Kind#BOOT} unless it is
   * empty, and no two of these follow each other.
   */
  public static List<List<Stretch>> parse(List<Kind> kinds) {
    List<CommonToken> tokens = new ArrayList<>(kinds.size());
    for (Kind kind : kinds) {
      tokens.add(new CommonToken(kind.token, ""));
    }
    BootPhasesParser parser =
        new BootPhasesParser(new CommonTokenStream(new ListTokenSource(tokens)));
    parser.removeErrorListeners();
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    BootPhasesParser.LogContext log = parser.log();
    if (parser.getNumberOfSyntaxErrors() > 0) {
      throw new IllegalStateException("the grammar BootPhases does not take " + kinds);
    }
    Collector collector = new Collector();
    collector.visit(log);
    return collector.boots;
  }

  private static final class Collector extends BootPhasesBaseVisitor<Void> {
    private final List<List<Stretch>> boots = new ArrayList<>();

    @Override
    public Void visitBoot(BootPhasesParser.BootContext boot) {
      boots.add(new ArrayList<>());
      return super.visitBoot(boot);
    }

    @Override
    public Void visitChildren(RuleNode node) {
      if (node.getParent() instanceof BootPhasesParser.BootContext) {
        // Each rule below boot has the name of the token it begins with.
        ParserRuleContext phase = (ParserRuleContext) node;
        String name = BootPhasesParser.ruleNames[phase.getRuleIndex()];
        boots
            .get(boots.size() - 1)
            .add(
                new Stretch(
                    Kind.valueOf(name.toUpperCase(java.util.Locale.ROOT)),
                    phase.getStart().getTokenIndex()));
        return null;
      }
      return super.visitChildren(node);
    }
  }
}

package dev.loganalyze.parse;

import dev.loganalyze.parse.grammar.LogLineParser;
import dev.loganalyze.parse.grammar.LogLineParser.*;
import dev.loganalyze.parse.grammar.LogLineParserBaseVisitor;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Reads a {@link Plan} off the tree of one line. */
final class PlanBuilder extends LogLineParserBaseVisitor<Void> {
  private final Plan plan = new Plan();
  private Plan.Part part;

  /** The plan of {@code line}. */
  static Plan of(LineContext line) {
    PlanBuilder builder = new PlanBuilder();
    builder.visit(line);
    return builder.plan;
  }

  @Override
  public Void visitLine(LineContext line) {
    if (line.record() == null) {
      begin(line).shape = Shape.BLANK;
    }
    return visitChildren(line);
  }

  // ---- records: who speaks ----------------------------------------------------------------------

  @Override
  public Void visitKernelLine(KernelLineContext record) {
    return visitChildren(record);
  }

  @Override
  public Void visitStamped(StampedContext stamped) {
    begin(stamped);
    part.stamp = index(stamped.PRINTK());
    return speak(Origin.KERNEL, stamped.MANAGER(), stamped);
  }

  @Override
  public Void visitJournalLine(JournalLineContext record) {
    begin(record).logged = true;
    return visitChildren(record);
  }

  @Override
  public Void visitSyslogLine(SyslogLineContext record) {
    begin(record).logged = true;
    return visitChildren(record);
  }

  @Override
  public Void visitDmesgLine(DmesgLineContext record) {
    begin(record);
    return speak(Origin.KERNEL, record.MANAGER(), record);
  }

  @Override
  public Void visitViaKernel(ViaKernelContext logged) {
    if (logged.PRINTK() != null) {
      part.stamp = index(logged.PRINTK());
    }
    return speak(Origin.KERNEL, logged.MANAGER(), logged);
  }

  @Override
  public Void visitViaManager(ViaManagerContext logged) {
    TerminalNode manager = logged.MANAGER() == null ? logged.RFC_MANAGER() : logged.MANAGER();
    return speak(Origin.KERNEL, manager, logged);
  }

  @Override
  public Void visitViaShutdown(ViaShutdownContext logged) {
    return service(Origin.MANAGER, Shape.SHUTDOWN, logged.SHUTDOWN(), logged.text());
  }

  @Override
  public Void visitViaService(ViaServiceContext logged) {
    TerminalNode service = logged.SERVICE() == null ? logged.RFC_SERVICE() : logged.SERVICE();
    return service(Origin.SERVICE, Shape.TEXT, service, logged.text());
  }

  @Override
  public Void visitViaNobody(ViaNobodyContext logged) {
    return say(Origin.CONSOLE, Shape.TEXT, logged);
  }

  @Override
  public Void visitStatusLine(StatusLineContext record) {
    begin(record);
    part.origin = Origin.MANAGER;
    StatusContext status = record.status();
    if (status.STATUS_OK() != null) {
      part.shape = Shape.JOB_DONE;
    } else if (status.STATUS_FAILED() != null) {
      part.shape = Shape.JOB_FAILED;
    } else if (status.STATUS_TIME() != null) {
      part.shape = Shape.JOB_TIMEOUT;
    } else if (status.STATUS_DEPEND() != null) {
      part.shape = Shape.JOB_DEPENDENCY;
    } else if (status.STATUS_REFUSED() != null) {
      part.shape = Shape.JOB_REFUSED;
    }
    return visitChildren(record);
  }

  @Override
  public Void visitSpinnerLine(SpinnerLineContext record) {
    begin(record).origin = Origin.MANAGER;
    return visitChildren(record);
  }

  @Override
  public Void visitIndentedLine(IndentedLineContext record) {
    begin(record);
    visitChildren(record);
    // Nine blanks are also just an indented line of somebody's output.
    part.origin = part.shape == Shape.TEXT ? Origin.CONSOLE : Origin.MANAGER;
    return null;
  }

  @Override
  public Void visitManagerLine(ManagerLineContext record) {
    begin(record);
    return speak(Origin.KERNEL, record.MANAGER(), record);
  }

  @Override
  public Void visitConsoleLine(ConsoleLineContext record) {
    begin(record);
    return visitChildren(record);
  }

  // ---- what PID 1 says --------------------------------------------------------------------------

  @Override
  public Void visitStarting(StartingContext sentence) {
    return job(Shape.JOB_STARTING, sentence, sentence.job());
  }

  @Override
  public Void visitDone(DoneContext sentence) {
    return job(Shape.JOB_DONE, sentence, sentence.job());
  }

  @Override
  public Void visitFailed(FailedContext sentence) {
    return job(Shape.JOB_FAILED, sentence, sentence.job());
  }

  @Override
  public Void visitTimedOut(TimedOutContext sentence) {
    return job(Shape.JOB_TIMEOUT, sentence, sentence.job());
  }

  @Override
  public Void visitDeviceTimedOut(DeviceTimedOutContext sentence) {
    return job(Shape.DEVICE_TIMEOUT, sentence, sentence.job());
  }

  @Override
  public Void visitDependency(DependencyContext sentence) {
    return job(Shape.JOB_DEPENDENCY, sentence, sentence.job());
  }

  @Override
  public Void visitRefused(RefusedContext sentence) {
    return job(Shape.JOB_REFUSED, sentence, sentence.job());
  }

  @Override
  public Void visitCycle(CycleContext sentence) {
    return job(Shape.ORDERING_CYCLE, sentence, sentence.job());
  }

  @Override
  public Void visitStopping(StoppingContext sentence) {
    return job(Shape.JOB_STOPPING, sentence, sentence.job());
  }

  @Override
  public Void visitRunning(RunningContext sentence) {
    return job(Shape.JOB_RUNNING, sentence, sentence.job());
  }

  @Override
  public Void visitSkippedOld(SkippedOldContext sentence) {
    return job(Shape.JOB_SKIPPED, sentence, sentence.job());
  }

  @Override
  public Void visitUnitIs(UnitIsContext sentence) {
    boolean skipped = !sentence.job().SKIPPED().isEmpty();
    say(Origin.MANAGER, skipped ? Shape.JOB_SKIPPED : Shape.TEXT, sentence);
    part.unit = index(sentence.UNIT_IS());
    part.unitEnd = firstOther(sentence.job());
    return null;
  }

  @Override
  public Void visitUnitSays(UnitSaysContext sentence) {
    say(Origin.MANAGER, Shape.UNIT_MESSAGE, sentence);
    part.unit = index(sentence.UNIT_SAYS());
    part.unitEnd = part.unit + 1;
    return null;
  }

  @Override
  public Void visitQueued(QueuedContext sentence) {
    return job(Shape.DEFAULT_TARGET, sentence, sentence.job());
  }

  @Override
  public Void visitManagerBanner(ManagerBannerContext sentence) {
    return say(Origin.MANAGER, Shape.MANAGER_BANNER, sentence);
  }

  @Override
  public Void visitStartupFinished(StartupFinishedContext sentence) {
    return say(Origin.MANAGER, Shape.STARTUP_FINISHED, sentence);
  }

  @Override
  public Void visitGoingDown(GoingDownContext sentence) {
    return say(Origin.MANAGER, Shape.SHUTDOWN, sentence);
  }

  @Override
  public Void visitEmergencySentence(EmergencySentenceContext sentence) {
    return say(Origin.MANAGER, Shape.EMERGENCY, sentence);
  }

  @Override
  public Void visitOtherSentence(OtherSentenceContext sentence) {
    part.message = sentence.getStart().getTokenIndex();
    return null;
  }

  // ---- what everybody else says -----------------------------------------------------------------

  @Override
  public Void visitLinuxVersion(LinuxVersionContext said) {
    return say(Origin.KERNEL, Shape.KERNEL_BANNER, said);
  }

  @Override
  public Void visitCommandLine(CommandLineContext said) {
    return say(Origin.KERNEL, Shape.KERNEL_COMMAND_LINE, said);
  }

  @Override
  public Void visitRunInit(RunInitContext said) {
    return say(Origin.KERNEL, Shape.KERNEL_INIT, said);
  }

  @Override
  public Void visitPanic(PanicContext said) {
    return say(Origin.KERNEL, Shape.PANIC, said);
  }

  @Override
  public Void visitReboot(RebootContext said) {
    return say(Origin.KERNEL, Shape.REBOOT, said);
  }

  @Override
  public Void visitPowerOff(PowerOffContext said) {
    return say(Origin.KERNEL, Shape.POWER_OFF, said);
  }

  @Override
  public Void visitDropped(DroppedContext said) {
    return say(Origin.KERNEL, Shape.MESSAGES_DROPPED, said);
  }

  @Override
  public Void visitShutdown(ShutdownContext said) {
    return service(Origin.MANAGER, Shape.SHUTDOWN, said.SHUTDOWN(), said.text());
  }

  @Override
  public Void visitInitrd(InitrdContext said) {
    return say(Origin.MANAGER, Shape.INITRD, said);
  }

  @Override
  public Void visitInitrdPrompt(InitrdPromptContext said) {
    return prompt(Shape.INITRD_PROMPT, said, said.text());
  }

  @Override
  public Void visitStageTwo(StageTwoContext said) {
    return say(Origin.MANAGER, Shape.WELCOME, said);
  }

  @Override
  public Void visitFirmwareBanner(FirmwareBannerContext said) {
    return say(Origin.FIRMWARE, Shape.FIRMWARE_BANNER, said);
  }

  @Override
  public Void visitFirmware(FirmwareContext said) {
    return say(Origin.FIRMWARE, Shape.FIRMWARE, said);
  }

  @Override
  public Void visitFirmwareHandover(FirmwareHandoverContext said) {
    return say(Origin.FIRMWARE, Shape.FIRMWARE_HANDOVER, said);
  }

  @Override
  public Void visitFirmwareReboot(FirmwareRebootContext said) {
    return say(Origin.FIRMWARE, Shape.REBOOT, said);
  }

  @Override
  public Void visitLoaderBanner(LoaderBannerContext said) {
    return say(Origin.LOADER, Shape.LOADER_BANNER, said);
  }

  @Override
  public Void visitLoader(LoaderContext said) {
    return say(Origin.LOADER, Shape.LOADER, said);
  }

  @Override
  public Void visitHandover(HandoverContext said) {
    return say(Origin.LOADER, Shape.HANDOVER, said);
  }

  @Override
  public Void visitLoaderPrompt(LoaderPromptContext said) {
    return prompt(Shape.LOADER_PROMPT, said, said.text());
  }

  @Override
  public Void visitWelcome(WelcomeContext said) {
    return say(Origin.MANAGER, Shape.WELCOME, said);
  }

  @Override
  public Void visitIssue(IssueContext said) {
    return say(Origin.MANAGER, Shape.WELCOME, said);
  }

  @Override
  public Void visitEmergency(EmergencyContext said) {
    return say(Origin.MANAGER, Shape.EMERGENCY, said);
  }

  @Override
  public Void visitAutomaticLogin(AutomaticLoginContext said) {
    return say(Origin.CONSOLE, Shape.SESSION_OPENED, said);
  }

  @Override
  public Void visitLoginDone(LoginDoneContext said) {
    return say(Origin.CONSOLE, Shape.SESSION_OPENED, said);
  }

  @Override
  public Void visitLoginPrompt(LoginPromptContext said) {
    return prompt(Shape.LOGIN_PROMPT, said, said.text());
  }

  @Override
  public Void visitPasswordPrompt(PasswordPromptContext said) {
    return prompt(Shape.PASSWORD_PROMPT, said, said.text());
  }

  @Override
  public Void visitShellPrompt(ShellPromptContext said) {
    return prompt(Shape.SHELL_PROMPT, said, said.text());
  }

  @Override
  public Void visitSeeStatus(SeeStatusContext said) {
    return job(Shape.SEE_STATUS, said, said.job());
  }

  @Override
  public Void visitRemark(RemarkContext said) {
    return say(Origin.CONSOLE, Shape.REMARK, said);
  }

  @Override
  public Void visitService(ServiceContext said) {
    return service(Origin.SERVICE, Shape.TEXT, said.SERVICE(), said.text());
  }

  @Override
  public Void visitPlain(PlainContext said) {
    part.message = said.getStart().getTokenIndex();
    return null;
  }

  // ---- pieces -----------------------------------------------------------------------------------

  private Plan.Part begin(ParserRuleContext context) {
    part = new Plan.Part();
    part.first = context.getStart().getTokenIndex();
    plan.parts.add(part);
    return part;
  }

  /** The kernel, or PID 1 where its name stands before the sentence. */
  private Void speak(Origin kernel, TerminalNode manager, ParserRuleContext context) {
    part.origin = manager == null ? kernel : Origin.MANAGER;
    part.ident = index(manager);
    return visitChildren(context);
  }

  private Void say(Origin origin, Shape shape, ParserRuleContext context) {
    part.origin = origin;
    part.shape = shape;
    part.message = context.getStart().getTokenIndex();
    return null;
  }

  private Void service(Origin origin, Shape shape, TerminalNode ident, ParserRuleContext text) {
    part.origin = origin;
    part.shape = shape;
    part.ident = index(ident);
    part.message = text == null ? -1 : text.getStart().getTokenIndex();
    return null;
  }

  private Void prompt(Shape shape, ParserRuleContext context, ParserRuleContext typed) {
    say(Origin.SHELL, shape, context);
    if (typed != null) {
      part.unit = typed.getStart().getTokenIndex();
      part.unitEnd = part.unit + 1;
    }
    return null;
  }

  private Void job(Shape shape, ParserRuleContext sentence, JobContext job) {
    say(Origin.MANAGER, shape, sentence);
    if (!job.WORD().isEmpty() && job.getStart().getTokenIndex() == index(job.WORD(0))) {
      part.unit = index(job.WORD(0));
      part.unitEnd = firstOther(job);
    }
    return null;
  }

  /** The first token of {@code job} that is no word, or the token after it. */
  private static int firstOther(JobContext job) {
    int word = -1;
    for (int i = 0; i < job.getChildCount(); i++) {
      TerminalNode node = (TerminalNode) job.getChild(i);
      if (node.getSymbol().getType() != LogLineParser.WORD) {
        return index(node);
      }
      word = index(node);
    }
    return word < 0 ? job.getStart().getTokenIndex() : word + 1;
  }

  private static int index(TerminalNode node) {
    return node == null ? -1 : node.getSymbol().getTokenIndex();
  }
}

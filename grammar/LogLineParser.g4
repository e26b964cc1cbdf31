/*
 * How the tokens of one line make records: who speaks, and what shape the sentence has.
 *
 * A line is one record, and one more for each printk stamp inside it: the kernel does not wait for
 * others to end their line. Every sequence of tokens that the lexer can give is a line, so parsing
 * never fails. The tree is a function of the token types alone (no predicates, no actions): the
 * parser's answer for a sequence of types can be kept and used again.
 */
parser grammar LogLineParser;

options { tokenVocab = LogLineLexer; }

line : PRIORITY* record? splice* NEWLINE ;

record
  : stamped                                                  # kernelLine
  | (SYSLOG_TIME | JOURNAL) HOST? logged?                    # journalLine
  | SYSLOG logged?                                           # syslogLine
  | DMESG CALLER* (MANAGER sentence? | said)?                # dmesgLine
  | status sentence?                                         # statusLine
  | SPINNER sentence?                                        # spinnerLine
  | INDENT sentence?                                         # indentedLine
  | MANAGER sentence?                                        # managerLine
  | said                                                     # consoleLine
  ;

splice : stamped ;

stamped : PRINTK CALLER* (MANAGER sentence? | said)? ;

logged
  : (KERNEL_IDENT | RFC_KERNEL) (PRINTK CALLER*)? (MANAGER sentence? | said)?   # viaKernel
  | (MANAGER | RFC_MANAGER) sentence?                        # viaManager
  | SHUTDOWN text?                                           # viaShutdown
  | (SERVICE | RFC_SERVICE) text?                            # viaService
  | text                                                     # viaNobody
  ;

status
  : STATUS_OK | STATUS_FAILED | STATUS_TIME | STATUS_DEPEND | STATUS_SKIP | STATUS_INFO
  | STATUS_REFUSED | STATUS_ALARM
  ;

// What PID 1 says of its jobs and units; systemd's src/core/job.c, unit.c, manager.c.
sentence
  : STARTING job            # starting
  | DONE job                # done
  | FAILED job              # failed
  | TIMED_OUT job           # timedOut
  | DEVICE_TIMED_OUT job    # deviceTimedOut
  | DEPENDENCY job          # dependency
  | REFUSED job             # refused
  | CYCLE job               # cycle
  | STOPPING job            # stopping
  | RUNNING job             # running
  | CONDITION job           # skippedOld
  | UNIT_IS job             # unitIs
  | UNIT_SAYS text?         # unitSays
  | QUEUED job              # queued
  | MANAGER_BANNER text?    # managerBanner
  | STARTUP_FINISHED text?  # startupFinished
  | GOING_DOWN text?        # goingDown
  | EMERGENCY text?         # emergencySentence
  | text                    # otherSentence
  ;

// The unit as printed, then what is said of the job; an ellipsis may have eaten any of it.
job : WORD* (JOB_TYPE | JOB_TIMES | SKIPPED | UNSUPPORTED | WORD)* ;

// What the kernel, firmware, a loader, an initramfs, getty or a shell says.
said
  : LINUX_VERSION text?     # linuxVersion
  | COMMAND_LINE text?      # commandLine
  | RUN_INIT text?          # runInit
  | PANIC text?             # panic
  | REBOOT text?            # reboot
  | POWER_OFF text?         # powerOff
  | DROPPED text?           # dropped
  | SHUTDOWN text?          # shutdown
  | INITRD text?            # initrd
  | INITRD_PROMPT text?     # initrdPrompt
  | STAGE_TWO text?         # stageTwo
  | FIRMWARE_BANNER text?   # firmwareBanner
  | FIRMWARE text?          # firmware
  | FIRMWARE_HANDOVER text? # firmwareHandover
  | FIRMWARE_REBOOT text?   # firmwareReboot
  | LOADER_BANNER text?     # loaderBanner
  | LOADER text?            # loader
  | HANDOVER text?          # handover
  | LOADER_PROMPT text?     # loaderPrompt
  | WELCOME text?           # welcome
  | ISSUE text?             # issue
  | EMERGENCY text?         # emergency
  | AUTOMATIC_LOGIN text?   # automaticLogin
  | LOGIN_DONE text?        # loginDone
  | LOGIN_PROMPT text?      # loginPrompt
  | PASSWORD_PROMPT text?   # passwordPrompt
  | SHELL_PROMPT text?      # shellPrompt
  | SEE_STATUS job          # seeStatus
  | REMARK text?            # remark
  | SERVICE text?           # service
  | text                    # plain
  ;

text : TEXT+ ;

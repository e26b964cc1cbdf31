/*
 * What one line of a boot log looks like, byte by byte.
 *
 * The input is one plain line, without escape sequences, ended by LF; every character is a byte
 * (0 to 255), so that no line is unreadable. There are no predicates and no actions: the tokens of a
 * line are a function of its bytes, and a table can stand in for the lexer.
 *
 * A line begins in the default mode. The first token that is sure of its kind chooses the mode for
 * the rest; a line of no known kind is one byte of TEXT and then MESSAGE. A kernel may print into a
 * line that is not ended, so a printk stamp is a token wherever it stands.
 *
 * Sources: line-shapes collected from real boots; systemd's src/core/job.c and src/shared/status
 * texts; kernel/printk/printk.c (print_prefix); GRUB, SYSLINUX, U-Boot, SeaBIOS, iPXE, EDK2 and
 * TF-A banners; initramfs-tools' scripts/functions; dracut-lib.sh; NixOS stage-1-init.sh.
 */
lexer grammar LogLineLexer;

/*
 * JOURNAL, SYSLOG and DMESG stand for a stamp that the file's own format puts before every line and
 * that has been read already (room `stamp`); the mode after them is HOSTNAME, RFC5424 and KERNEL.
 */
tokens { TEXT, WORD, JOURNAL, SYSLOG, DMESG }

// ---- the start of a line -----------------------------------------------------------------------

// <30>systemd[1]: …                     syslog(2), dmesg -r: facility * 8 + level
PRIORITY : '<' DIGIT+ '>' ;

// [    1.234567] usb 1-1: new high-speed USB device number 2 using xhci_hcd
PRINTK : STAMP -> mode(KERNEL) ;

// Oct 08 06:07:35 nixos systemd[1]: Starting Pre-NixOS setup...       journalctl -o short, rsyslog
SYSLOG_TIME : MONTH ' ' [ 0-3] DIGIT ' ' DIGIT DIGIT ':' DIGIT DIGIT ':' DIGIT DIGIT ' '
              -> mode(HOSTNAME) ;

// [  OK  ] Reached target network.target - Network.
STATUS_OK : '[  OK  ] ' -> mode(SENTENCE) ;
// [FAILED] Failed to start brokenunit.service - Unit that exits 1.
STATUS_FAILED : '[FAILED] ' -> mode(SENTENCE) ;
// [ TIME ] Timed out waiting for device dev-vdz.device - /dev/vdz.
STATUS_TIME : '[ TIME ] ' -> mode(SENTENCE) ;
// [DEPEND] Dependency failed for data.mount - /data.
STATUS_DEPEND : '[DEPEND] ' -> mode(SENTENCE) ;
// [ SKIP ] Ordering cycle found, skipping cycle-a.service
STATUS_SKIP : '[ SKIP ] ' -> mode(SENTENCE) ;
// [ INFO ] X is inactive.
STATUS_INFO : '[ INFO ] ' -> mode(SENTENCE) ;
// [ASSERT] Assertion failed for X.   [UNSUPP] Starting of X unsupported.   [ ONCE ] …
STATUS_REFUSED : ('[ASSERT] ' | '[UNSUPP] ' | '[ ONCE ] ') -> mode(SENTENCE) ;
// [!!!!!!] Failed to start up manager.
STATUS_ALARM : ('[!!!!!!] ' | '[  !!  ] ') -> mode(SENTENCE) ;
// [ ***  ] (1 of 2) A start job is running for Network (57s / 2min 22s)
SPINNER : '[' CELL CELL CELL CELL CELL CELL '] ' -> mode(SENTENCE) ;
//          Starting modprobe@drm.service - Load Kernel Module drm...
INDENT : '         ' -> mode(SENTENCE) ;

// systemd[1]: Detected virtualization qemu.
MANAGER : 'systemd[1]: ' -> mode(SENTENCE) ;

// See 'systemctl status rootcause.service' for details.
SEE_STATUS : 'See ' ['"] 'systemctl status ' -> mode(SENTENCE_UNIT) ;

// What the kernel says when its stamps are off (printk.time=0) or a loader prints for it.
BARE_BANNER : 'Linux version ' -> type(LINUX_VERSION), mode(MESSAGE) ;
BARE_PANIC : 'Kernel panic - not syncing: ' -> type(PANIC), mode(MESSAGE) ;
BARE_DROPPED : DROPPED_WORDS -> type(DROPPED), mode(MESSAGE) ;
BARE_REBOOT : REBOOT_WORDS -> type(REBOOT), mode(MESSAGE) ;
BARE_POWER_OFF : POWER_OFF_WORDS -> type(POWER_OFF), mode(MESSAGE) ;

// coreboot-4.22 Mon Sep 12 14:38:59 UTC 2022 smm starting (log level: 8)...       (src/console/init.c)
// The handler of system management interrupts, in the middle of a boot or of a running system.
COREBOOT_SMM : COREBOOT ~[\n]* ' smm starting' -> type(TEXT), mode(MESSAGE) ;

fragment COREBOOT : ('[NOTE ]  ' | '[INFO ]  ')? 'coreboot-' ;

// SeaBIOS (version 1.16.2-debian-1.16.2-1)
FIRMWARE_BANNER
  : ( 'SeaBIOS (version ' | COREBOOT | 'OpenSBI v' DIGIT
    | 'NOTICE:  BL1: v' | 'SecCoreStartupWithStack(' | 'UEFI firmware (version '
    ) -> mode(MESSAGE)
  ;

// board_reset() called!       full_reset() called!       resetting ...       (coreboot, U-Boot)
FIRMWARE_REBOOT
  : ( 'board_reset() called!' | 'full_reset() called!' | 'hard_reset() called!' | 'resetting ...'
    | 'Reboot requested ('
    ) -> mode(MESSAGE)
  ;

// Booting from Hard Disk...        BdsDxe: starting Boot0002 "UEFI Misc Device" from …
FIRMWARE_HANDOVER : ('Booting from ' | 'BdsDxe: starting ') -> mode(MESSAGE) ;

// Boot failed: not a bootable disk        BdsDxe: loading Boot0002 "UEFI Misc Device" from …
FIRMWARE
  : ( 'Boot failed: ' | 'No bootable device.' | 'Press ESC for boot menu'
    | 'Select boot device:' | 'Machine UUID ' | 'Press Ctrl-B ' | 'iPXE (' | 'iPXE initialising'
    | 'iPXE ' DIGIT | 'net' DIGIT ': ' | 'Nothing to boot: ' | 'No more network devices'
    | 'Configuring (net' DIGIT | 'BdsDxe: ' | '>>Start PXE over ' | '>>Start HTTP Boot over '
    | ' '* 'PXE-E' DIGIT | 'PROGRESS CODE: V' | 'Loading PEIM ' | 'Loading driver at 0x'
    | 'InstallProtocolInterface: ' | '!!!! X64 Exception Type' | '!!!! AARCH64'
    | 'NOTICE:  BL' DIGIT | 'INFO:    BL' DIGIT | 'WARNING: BL' DIGIT | 'ERROR:   BL' DIGIT
    | 'Platform Name ' | 'Boot HART ' | 'UEFI Interactive Shell v'
    ) -> mode(MESSAGE)
  ;

// Welcome to GRUB!       ISOLINUX 6.04 20200816 …       U-Boot 2023.01+dfsg-2 (Jun 22 2026 - …)
LOADER_BANNER
  : ( 'GRUB loading' | 'Welcome to GRUB!' | ' '* 'GNU GRUB  version '
    | ('ISOLINUX ' | 'SYSLINUX ' | 'PXELINUX ' | 'EXTLINUX ' | 'barebox ') DIGIT
    | 'U-Boot ' ('SPL ' | 'TPL ')? DIGIT
    ) -> mode(MESSAGE)
  ;

// Loading initial ramdisk ...      Hit any key to stop autoboot:  2      Retrieving file: /vmlinuz
LOADER
  : ( ' '* 'Booting `' | 'Loading Linux ' | 'Loading kernel' | 'Loading initial ramdisk'
    | 'Loading initrd' | 'Loading /' | ' '* 'The highlighted entry will be executed'
    | ' '* 'Automatic boot in ' | 'Boot in ' DIGIT | 'Hit any key to stop autoboot'
    | 'Could not find kernel image: ' | 'EFI stub: ' | 'Probing EDD ' | 'early console in '
    | 'Decompressing Linux' | 'Retrieving file: ' | 'DRAM:  ' | 'Net:   ' | 'In:    '
    | 'Loading Environment from ' | 'Scanning ' | 'Trying to boot from ' | 'Core:  '
    | '## Loading ' | '## Flattened ' | '## Booting ' | '## Executing '
    | 'Wrong Image ' | 'Bad Linux ' | 'TFTP error: ' | 'BOOTP broadcast ' | 'No EFI system partition'
    | 'Error loading \\' | 'No loader found. Configuration files in '
    ) -> mode(MESSAGE)
  ;

// Missing operating system.        what the first sector of a disk says that finds nothing behind it
BOOT_SECTOR
  : ( 'Missing operating system' | 'Operating system load error' | 'Error loading operating system'
    | 'Multiple active partitions' | 'Invalid partition table' | 'Missing OS' | 'OS load error'
    | 'This is not a bootable disk.' | 'GRUB ' ('Geom' | 'Hard Disk' | 'Read' | 'Floppy') ' Error'
    ) -> type(LOADER), mode(MESSAGE)
  ;

// Starting kernel ...
HANDOVER
  : ( 'Starting kernel ...' | 'Booting the kernel' | 'EFI stub: Exiting boot services'
    | 'Decompressing Linux... Parsing ELF' ~[\n]* 'Booting the kernel'
    ) -> mode(MESSAGE)
  ;

// grub rescue> ls            => printenv bootcmd            Shell> fs0:
LOADER_PROMPT
  : ('grub>' | 'grub rescue>' | '=>' | 'U-Boot>' | 'Shell>' | 'boot:') ' '? -> mode(MESSAGE)
  ;

// Begin: Mounting root file system ... Begin: Running /scripts/local-top ... done.
INITRD
  : ( 'Loading, please wait...' | 'Begin: ' | 'Gave up waiting for ' | 'ALERT!  '
    | 'Starting systemd-udevd version ' | '<<< NixOS Stage 1 >>>' | 'Generating "/run/initramfs/'
    | 'Dropping to debug shell' | 'Warning: fsck not present' | ':: running ' | ':: mounting '
    | ':: performing ' | ':: Triggering uevents' | 'running udev...' | 'waiting for device /'
    | 'Timed out waiting for device /' | 'An error occurred in stage 1 of the boot process'
    | 'Alpine Init ' DIGIT | 'initramfs emergency recovery shell launched'
    | 'You are now being dropped into an emergency shell'
    | 'dracut' ~[\n:[]* ': '
    ) -> mode(MESSAGE)
  ;

// (initramfs) cat /proc/cmdline             dracut:/# blkid             [rootfs ~]# ls
INITRD_PROMPT
  : ('(initramfs)' ' '? | 'dracut:' PATH '# ' | '[rootfs ' ~[ \n\]]* ']# ') -> mode(MESSAGE)
  ;

// <<< NixOS Stage 2 >>>        starting systemd...        - runit: $Id: 25da3b86f7be $: booting.
//    OpenRC 0.45.2 is starting up Linux 6.1.0-56-cloud-amd64 (x86_64)
STAGE_TWO
  : ('<<< NixOS Stage 2 >>>' | 'starting systemd...' | 'INIT: version ' | '- runit: $Id' | '   OpenRC ' DIGIT)
    -> mode(MESSAGE)
  ;

// You are in emergency mode. After logging in, type "journalctl -xb" …
// Welcome to emergency mode! After logging in, …              (systemd before 233)
EMERGENCY
  : ( 'You are in ' ('emergency' | 'rescue') ' mode' | 'Entering emergency mode'
    | 'Welcome to ' ('emergency' | 'rescue') ' mode!' | 'Press Enter for emergency shell'
    ) -> mode(MESSAGE)
  ;

// Welcome to Debian GNU/Linux 12 (bookworm)!          ⟨⟨⟨ Welcome to NixOS 24.05 (x86_64) - ttyS0 >>>
WELCOME : 'Welcome to ' ~[\n!]+ '!' -> mode(MESSAGE) ;
ISSUE : '<<< Welcome to ' ~[\n>]+ '>>>' -> mode(MESSAGE) ;

// nixos login: nixos (automatic login)
AUTOMATIC_LOGIN : HOST_NAME ' login: ' ~[ \n]+ ' (automatic login)' -> mode(MESSAGE) ;
// Last login: Mon Nov 23 …          login[83]: root login on 'ttyAMA0'
LOGIN_DONE
  : ('Last login: ' | 'login[' DIGIT+ ']: ' [A-Za-z0-9_.-]+ ' login on ') -> mode(MESSAGE)
  ;
// debvm login: root             what BusyBox' init says before it opens a shell for whoever is there (askfirst)
LOGIN_PROMPT
  : ((HOST_NAME ' ')? 'login:' | 'Please press Enter to activate this console.') ' '? -> mode(MESSAGE)
  ;
// Password:             Please enter passphrase for disk vault:           Give root password for …
// Begin: Running /scripts/local-top ... Please unlock disk vda5_crypt:           a step that asks
PASSWORD_PROMPT
  : ( 'Password:' | LOCK_AND_KEY? 'Please enter passphrase for ' | 'Give root password for maintenance'
    | 'Press Enter for maintenance' | 'Enter passphrase for ' ('/' | 'hd' DIGIT)
    | ('Begin: ' ~[\n]* ' ... ')? 'Please unlock disk '
    ) -> mode(MESSAGE)
  ;

// root@debvm:~# poweroff       [nixos@nixos:~]$ id       -bash-5.2# ls       /root # uname -r
SHELL_PROMPT
  : ( USER_AT_HOST ':' ~[ \n]* [#$] ' '
    | '[' USER_AT_HOST [: ] ~[\n\]]* ']' [#$] ' '
    | '-'? ('bash' | 'sh' | 'ash' | 'dash' | 'ksh') ('-' DIGIT [0-9.]*)? [#$] ' '
    | [/~] ~[ \n]* ' '? [#$] ' '
    | [A-Z] [A-Z0-9-]+ '> '
    ) -> mode(MESSAGE)
  ;

// -- Boot 0b5fd0a9bfc9452ba0096d70875a3e9d --      -- Journal begins at Mon …, ends at Tue …. --
// ====1795435411.709978-D          Panic#1 Part3          what the kernel's pstore puts before a dump
REMARK
  : ( '-- Boot ' | '-- Reboot --' | '-- No entries --' | '-- Journal begins at '
    | '-- Logs begin at ' | '-- cursor: ' | '====' DIGIT+ '.' DIGIT+ '-' [CD]
    | ('Panic' | 'Oops' | 'Emergency' | 'Shutdown' | 'Restart' | 'Halt' | 'Poweroff' | 'Unknown')
      '#' DIGIT+ ' Part' DIGIT+
    | RECORDER
    ) -> mode(MESSAGE)
  ;

// What programs that show or record a console say of themselves: util-linux script.c, telnet, virsh console,
// picocom, minicom, ipmitool's sol, screen, and QEMU's multiplexer (chardev/char-mux.c).
fragment RECORDER
  : 'Script started' (' on ' | ', ') | 'Script done' (' on ' | ', ')
    | 'Escape character is ' | 'Connection closed by foreign host.' | 'Connected to domain '
    | 'picocom v' DIGIT | 'Type [C-a] [C-h] to see available commands' | 'Terminal ready'
    | 'Thanks for using picocom' | 'Welcome to minicom ' DIGIT
    | 'Press CTRL-A Z for help on special keys'
    | '[SOL Session operational.' | '[terminated ipmitool]' | '[screen is terminating]'
    | 'QEMU: Terminated' | 'QEMU ' DIGIT ~[ \n]* ' monitor - type '
  ;

// avahi[312]: …       a service that writes to the console; IOAPIC[0]: … is none, for no process is 0
BARE_SERVICE : IDENTIFIER '[' PID ']: ' -> type(SERVICE), mode(MESSAGE) ;

NEWLINE : '\n' ;
FIRST : ~[\n] -> type(TEXT), mode(MESSAGE) ;

// ---- after a printk stamp ----------------------------------------------------------------------

mode KERNEL ;

// [   12.000001][   C3] rcu: INFO: rcu_preempt self-detected stall on CPU
// Kernels of device vendors say more: I[0:      swapper/0:    1]     (1)[123:kworker/0:1]    <0>.(2)[80:init]
CALLER
  : ( '[' ' '* [TC] DIGIT+ ' '? ']'
    | [A-Z]? '[' DIGIT+ ':' ~[\]\n]+ ':' ' '* DIGIT+ ']'
    | ' '? ('<' DIGIT+ '>.')? '(' DIGIT+ ')[' DIGIT+ ':' ~[\]\n]+ ']'
    ) ' '? ;

LINUX_VERSION : 'Linux version ' -> mode(MESSAGE) ;
COMMAND_LINE : ('Kernel command line: ' | 'Command line: ') -> mode(MESSAGE) ;
RUN_INIT : 'Run ' ~[ \n]+ ' as init process' -> mode(MESSAGE) ;
PANIC : 'Kernel panic - not syncing: ' -> mode(MESSAGE) ;
REBOOT : REBOOT_WORDS -> mode(MESSAGE) ;
POWER_OFF : POWER_OFF_WORDS -> mode(MESSAGE) ;
DROPPED : DROPPED_WORDS -> mode(MESSAGE) ;

KERNEL_MANAGER : 'systemd[1]: ' -> type(MANAGER), mode(SENTENCE) ;
// [   97.259425] systemd-shutdown[1]: Powering off.
SHUTDOWN : ('systemd-shutdown[' DIGIT+ ']: ' | '(sd-umount)[' DIGIT+ ']: ') -> mode(MESSAGE) ;
// [    8.339008] dracut: Debian GNU/Linux-12           [    3.2] stage-1-init: …
KERNEL_INITRD : ('dracut' ~[\n:[]* ': ' | 'stage-1-init: ') -> type(INITRD), mode(MESSAGE) ;
// [   39.563367] labtool[149]: labtool starting pid 149
SERVICE : IDENTIFIER '[' PID ']: ' -> mode(MESSAGE) ;

KERNEL_STAMP : STAMP -> type(PRINTK) ;
KERNEL_NEWLINE : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;
KERNEL_FIRST : ~[\n] -> type(TEXT), mode(MESSAGE) ;

// ---- after a syslog time -----------------------------------------------------------------------

mode HOSTNAME ;

// host daemon.info init: …          BusyBox says the weight of a line too (sysklogd/syslogd.c, parse_fac_prio_20())
HOST : ~[ \n]+ ' ' SELECTOR? -> mode(IDENT) ;
HOSTNAME_NEWLINE : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;
HOSTNAME_FIRST : ~[\n] -> type(TEXT), mode(MESSAGE) ;

mode IDENT ;

// Nov 23 12:03:05 host kernel: [    1.234567] usb 1-1: …
KERNEL_IDENT : 'kernel: ' -> mode(KERNEL) ;
// -o with-unit says the unit: init.scope[1]: Started …        user@1000.service/app.slice[77]: …
IDENT_MANAGER : ('systemd[1]: ' | 'init.scope[1]: ') -> type(MANAGER), mode(SENTENCE) ;
IDENT_SHUTDOWN : 'systemd-shutdown[' DIGIT+ ']: ' -> type(SHUTDOWN), mode(MESSAGE) ;
// A name may hold blanks (Web Content[12]: …), but then only the process id shows its end.
IDENT_SERVICE
  : (IDENTIFIER ('[' DIGIT+ ']')? | ~[ \n:[] ~[\n:[]* '[' PID ']') ': ' -> type(SERVICE), mode(MESSAGE) ;
IDENT_NEWLINE : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;
IDENT_FIRST : ~[\n] -> type(TEXT), mode(MESSAGE) ;

// ---- after the stamp of RFC 5424: HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG -----------

mode RFC5424 ;

// host kernel - - - text      host systemd 1 - [origin ip="x"] Started x.      host sshd 77 - - text
RFC_KERNEL : FIELD 'kernel ' FIELD FIELD ELEMENTS -> mode(KERNEL) ;
RFC_MANAGER : FIELD 'systemd 1 ' FIELD ELEMENTS -> mode(SENTENCE) ;
RFC_SERVICE : FIELD FIELD FIELD FIELD ELEMENTS -> mode(MESSAGE) ;
RFC_NEWLINE : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;
RFC_FIRST : ~[\n] -> type(TEXT), mode(MESSAGE) ;

// ---- what PID 1 says ---------------------------------------------------------------------------

mode SENTENCE ;

STARTING
  : ('Starting ' | 'Mounting ' | 'Activating swap ' | 'Expecting device ' | 'Reloading ')
    -> mode(SENTENCE_UNIT) ;
DONE
  : ( 'Started ' | 'Finished ' | 'Mounted ' | 'Activated swap ' | 'Found device '
    | 'Listening on ' | 'Reached target ' | 'Created slice ' | 'Set up automount ' | 'Reloaded '
    ) -> mode(SENTENCE_UNIT) ;
FAILED
  : ( 'Failed to start ' | 'Failed to mount ' | 'Failed to activate swap '
    | 'Failed to listen on ' | 'Failed to set up automount '
    ) -> mode(SENTENCE_UNIT) ;
TIMED_OUT
  : ('Timed out starting ' | 'Timed out mounting ' | 'Timed out activating swap ')
    -> mode(SENTENCE_UNIT) ;
DEVICE_TIMED_OUT : 'Timed out waiting for device ' -> mode(SENTENCE_UNIT) ;
DEPENDENCY : 'Dependency failed for ' -> mode(SENTENCE_UNIT) ;
REFUSED : ('Assertion failed for ' | 'Starting of ') -> mode(SENTENCE_UNIT) ;
CYCLE : 'Ordering cycle found, skipping ' -> mode(SENTENCE_UNIT) ;
CONDITION : 'Condition check resulted in ' -> mode(SENTENCE_UNIT) ;
STOPPING
  : ( 'Stopping ' | 'Stopped ' | 'Stopped target ' | 'Stopped (with error) ' | 'Unmounting '
    | 'Unmounted ' | 'Failed unmounting ' | 'Deactivating swap ' | 'Deactivated swap '
    | 'Failed deactivating swap ' | 'Closed ' | 'Failed to close ' | 'Removed slice '
    | 'Unset automount ' | 'Timed out stopping ' | 'Timed out unmounting '
    | 'Timed out deactivating swap ' | 'Waiting for device '
    ) -> mode(SENTENCE_UNIT) ;
// Job dev-vdz.device/start running (16s / 48s)         A start job is running for Network (5s / …)
RUNNING
  : ('(' DIGIT+ ' of ' DIGIT+ ') ')?
    ('Job ' | 'A ' [a-z-]+ ' job is running for ')
    -> mode(SENTENCE_UNIT) ;

// systemd 252.39-1~deb12u2 running in system mode (+PAM …)
MANAGER_BANNER : 'systemd ' DIGIT ~[ \n]* ' ' ('(' ~[\n)]* ') ')? 'running in system mode'
                 -> mode(MESSAGE) ;
QUEUED : 'Queued start job for default target ' -> mode(SENTENCE_UNIT) ;
STARTUP_FINISHED : 'Startup finished in ' -> mode(MESSAGE) ;
GOING_DOWN : ('Shutting down.' | 'Powering off.' | 'Rebooting.' | 'Soft-rebooting.' | 'Halting system.') -> mode(MESSAGE) ;
SENTENCE_EMERGENCY : 'You are in ' ('emergency' | 'rescue') ' mode' -> type(EMERGENCY), mode(MESSAGE) ;

// brokenunit.service: Failed with result 'exit-code'.
UNIT_SAYS : UNIT_NAME ': ' -> mode(MESSAGE) ;
// systemd-repart.service - Repartition Root Disk was skipped because no trigger …
UNIT_IS : UNIT_NAME -> mode(SENTENCE_UNIT) ;

SENTENCE_STAMP : STAMP -> type(PRINTK), mode(KERNEL) ;
SENTENCE_NEWLINE : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;
SENTENCE_FIRST : ~[\n] -> type(TEXT), mode(MESSAGE) ;

// ---- the unit of a job sentence, up to its end -------------------------------------------------

mode SENTENCE_UNIT ;

JOB_TYPE : '/' [a-z-]+ ' running' ;
// (1min 2s / 1min 30s)       (55s / no limit)
JOB_TIMES : ' (' TIMESPAN ' / ' (TIMESPAN | 'no limit') ')' ;
SKIPPED : ' was skipped because ' | ' skipped, ' | ' being skipped.' ;
UNSUPPORTED : ' unsupported.' ;
UNIT_STAMP : STAMP -> type(PRINTK), mode(KERNEL) ;
UNIT_NEWLINE : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;
UNIT_WORD : (~[ \n[/] | '/' | '[' | ' ') -> type(WORD) ;
UNIT_RUN : ~[ \n[/]+ -> type(WORD) ;

// ---- anything else -----------------------------------------------------------------------------

mode MESSAGE ;

MESSAGE_STAMP : STAMP -> type(PRINTK), mode(KERNEL) ;
MESSAGE_NEWLINE : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;
MESSAGE_RUN : ~[\n[]+ -> type(TEXT) ;
MESSAGE_BRACKET : '[' -> type(TEXT) ;

// ---- pieces ------------------------------------------------------------------------------------

// print_time() of kernel/printk/printk.c: "[%5lu.%06lu] "; some kernels put a blank before the bracket
fragment STAMP : '[' SECONDS '.' DIGIT DIGIT DIGIT DIGIT DIGIT DIGIT ' '? ']' ' '? ;
fragment SECONDS
  : '    ' DIGIT | '   ' DIGIT DIGIT | '  ' DIGIT DIGIT DIGIT | ' ' DIGIT DIGIT DIGIT DIGIT
  | DIGIT DIGIT DIGIT DIGIT DIGIT+
  ;
// The kernel that kexec starts follows without firmware and loader. SysRq-b: drivers/tty/sysrq.c
fragment REBOOT_WORDS
  : 'reboot: Restarting system' | 'Rebooting in ' DIGIT+ ' seconds' | 'Restarting system.'
  | ('kexec_core: ' | 'kexec: ')? 'Starting new kernel'
  | ('sysrq: ' | 'sysrq: SysRq : ' | 'SysRq : ') 'Resetting'
  ;
fragment POWER_OFF_WORDS : 'reboot: Power down' | 'reboot: System halted' | 'Power down.' ;
fragment DROPPED_WORDS : '** ' DIGIT+ ' printk messages dropped **' ;
// format_timespan() of systemd's src/basic/time-util.c
fragment TIMESPAN : SPAN (' ' SPAN)* | '0' ;
fragment SPAN : DIGIT+ ('.' DIGIT+)? ('us' | 'ms' | 's' | 'min' | 'h' | 'd' | 'w' | 'month' | 'y') ;
fragment UNIT_NAME
  : [A-Za-z0-9:_.@\\-]+ '.'
    ( 'service' | 'socket' | 'device' | 'mount' | 'automount' | 'swap' | 'target' | 'path'
    | 'timer' | 'slice' | 'scope'
    ) ;
fragment USER_AT_HOST : [a-z_] [a-z0-9_-]* '@' [A-Za-z0-9] [A-Za-z0-9.-]* ;
fragment HOST_NAME : [A-Za-z0-9] [A-Za-z0-9._-]* ;
fragment PATH : '/' ~[ #\n]* ;
fragment IDENTIFIER : '('? [A-Za-z_/.] [A-Za-z0-9_.@/+:\\-]* ')'? ;
fragment MONTH
  : 'Jan' | 'Feb' | 'Mar' | 'Apr' | 'May' | 'Jun' | 'Jul' | 'Aug' | 'Sep' | 'Oct' | 'Nov' | 'Dec' ;
fragment SELECTOR
  : ( 'kern' | 'user' | 'mail' | 'daemon' | 'auth' | 'syslog' | 'lpr' | 'news' | 'uucp' | 'cron'
    | 'authpriv' | 'ftp' | 'local' [0-7]
    ) '.' ('emerg' | 'alert' | 'crit' | 'err' | 'warn' | 'notice' | 'info' | 'debug') ' ' ;
fragment FIELD : ~[ \n]+ ' ' ;
// A second blank is rsyslog's: what it keeps as the message begins with the one after the tag.
fragment ELEMENTS : ('-' | ELEMENT+) (' ' ' '? BYTE_ORDER_MARK?)? ;
fragment ELEMENT : '[' (~["\]\n] | '"' (~["\\\n] | '\\' ~[\n])* '"')* ']' ;
fragment BYTE_ORDER_MARK : '\u00ef\u00bb\u00bf' ;
// U+1F510, which systemd's ask-password puts before a question where the locale has it.
fragment LOCK_AND_KEY : '\u00f0\u009f\u0094\u0090 ' ;
fragment PID : [1-9] DIGIT* ;
fragment CELL : [ *] ;
fragment DIGIT : [0-9] ;

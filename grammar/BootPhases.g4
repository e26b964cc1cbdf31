/*
 * What order a boot has. Its tokens are lines, of those kinds that tell the phase; all other lines
 * are not seen here.
 *
 * BOOT stands before the first line of each boot; BootTokens puts it there, as a tokenizer puts
 * INDENT into a language of indentation, since only it sees that a banner comes again.
 *
 * A phase lasts until a line of a later phase. A line of an earlier phase inside it is quoted text
 * (a user who types `dmesg`) or a second console, and changes nothing. So every sequence of lines is
 * a log, wherever it was cut off.
 */
grammar BootPhases;

tokens { BOOT, FIRMWARE, LOADER, KERNEL, INITRD, USERSPACE, LOGIN, SESSION, SHUTDOWN }

log : boot* EOF ;

boot : BOOT firmware? loader? kernel? initrd? userspace? login? session? shutdown? ;

firmware : FIRMWARE+ ;

loader : LOADER (LOADER | FIRMWARE)* ;

kernel : KERNEL (KERNEL | LOADER | FIRMWARE)* ;

initrd : INITRD (INITRD | KERNEL | LOADER | FIRMWARE)* ;

userspace : USERSPACE (USERSPACE | INITRD | KERNEL | LOADER | FIRMWARE)* ;

login : LOGIN (LOGIN | USERSPACE | INITRD | KERNEL | LOADER | FIRMWARE)* ;

session : SESSION (SESSION | LOGIN | USERSPACE | INITRD | KERNEL | LOADER | FIRMWARE)* ;

shutdown
  : SHUTDOWN (SHUTDOWN | SESSION | LOGIN | USERSPACE | INITRD | KERNEL | LOADER | FIRMWARE)* ;

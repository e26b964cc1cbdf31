/**
 * What is kept of a log that is too long to be held. A machine that runs for long says mostly the
 * same things again; its boots, its ends and the first of all that some rule may ask for are taken
 * out while the log is read, and all other rooms read that excerpt like any log.
 */
package dev.loganalyze.excerpt;

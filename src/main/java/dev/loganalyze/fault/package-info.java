/** Why something could not be done, in words. */
package dev.loganalyze.fault;

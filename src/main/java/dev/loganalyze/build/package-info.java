/**
 * A step of the build: computes what the program would else compute at every start. Nothing of the
 * program needs it.
 */
package dev.loganalyze.build;

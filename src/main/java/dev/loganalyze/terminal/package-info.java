/**
 * Turns the bytes a console received into the plain lines a person saw, each with its way back to
 * the raw bytes.
 *
 * <p>Knows ECMA-48 escape sequences, carriage returns, backspaces and painted screens; knows
 * nothing of kernels, systemd or boot loaders.
 */
package dev.loganalyze.terminal;

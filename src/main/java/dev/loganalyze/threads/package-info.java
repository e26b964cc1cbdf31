/** Work that several threads do, for the rooms that know how many may. */
package dev.loganalyze.threads;

/** Makes large logs and hostile ones, the same each time, from what real machines said. */
package dev.loganalyze.bench;

/**
 * What comes with the program as data, in the form in which it is quick to read. Knows no other
 * room.
 */
package dev.loganalyze.resource;

/** Figures for people (Markdown) and for programs (JSON). Promises the spread beside each median; must not know how they were measured. */
package io.centurions.bench.report;

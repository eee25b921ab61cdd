/** What goes wrong and when, drawn from a seed alone. Hands on a list of faults; must not know how one is made to happen. */
package io.centurions.chaos.plan;

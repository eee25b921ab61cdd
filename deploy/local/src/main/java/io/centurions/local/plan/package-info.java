/**
 * Decides what runs and how: which parts are real and which embedded or simulated, and the environment of each process.
 * Hands on the processes to start; must not start anything.
 */
package io.centurions.local.plan;

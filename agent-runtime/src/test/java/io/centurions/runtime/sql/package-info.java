/**
 * The tables and functions of the conversation slice, called as the services call them: by their app role, under
 * row-level security. Time is an argument of every call, so nothing here waits.
 */
package io.centurions.runtime.sql;

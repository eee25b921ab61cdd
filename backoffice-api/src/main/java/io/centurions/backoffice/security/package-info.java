/**
 * Who is calling and which company's things they may touch. Reads the tokens of any issuer, and our own lists
 * of people, which have the last word. Everything else hears about a person only from here; what each role
 * may do is written in {@code role-matrix.txt}.
 */
package io.centurions.backoffice.security;

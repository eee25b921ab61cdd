/**
 * Who is calling and which company's things they may touch. Everything else hears about a person only from here.
 */
package io.centurions.backoffice.security;

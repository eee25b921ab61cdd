/**
 * The facts that services tell each other, and the names under which they travel. The integration page is the README of
 * this module. Depends on nothing; knows no service, no database and no JSON library.
 */
package io.centurions.contracts;

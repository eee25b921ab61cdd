/**
 * What an operator does with companies' schemas from a terminal: makes, migrates, looks, goes on. Promises
 * the words of the API and an end with 0 only when all is well. Must not touch a database.
 */
package io.centurions.local.companies;

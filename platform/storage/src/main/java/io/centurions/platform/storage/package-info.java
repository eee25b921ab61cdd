/**
 * Objects of companies: files, outside the database. Promises that an object is there whole or not at all, in
 * its company's part and nowhere else, and that an address leads to one object for a while. Knows no table,
 * and nothing of what a file is for.
 */
package io.centurions.platform.storage;

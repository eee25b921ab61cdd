/**
 * Files that people keep for a company: received, listed, given out by signed addresses, taken away. Promises
 * that each object in the storage has its row before it is there and until it is gone, and that what a crash
 * left is swept. Knows nothing of what a file is used for.
 */
package io.centurions.backoffice.file;

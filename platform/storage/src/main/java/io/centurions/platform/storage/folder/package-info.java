/**
 * Objects in a folder of a file system, which all replicas of a service share. Promises atomic and durable
 * writes, and addresses that only we can have signed. Knows nothing of HTTP beyond what an address is made
 * of.
 */
package io.centurions.platform.storage.folder;

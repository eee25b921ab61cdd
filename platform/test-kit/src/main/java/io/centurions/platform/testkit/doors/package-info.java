/**
 * Knocks at every internal endpoint of a service with every kind of token. Promises that a door which names no
 * service, or opens to another than those it names, is found; reads the doors from the compiled classes, so none
 * is forgotten. Knows no endpoint by name.
 */
package io.centurions.platform.testkit.doors;

/**
 * One HTTP exchange with a provider, with a time limit over all of it and an honest answer to the question whether the
 * request may have arrived. Must not know any provider.
 */
package io.centurions.runtime.exchange;

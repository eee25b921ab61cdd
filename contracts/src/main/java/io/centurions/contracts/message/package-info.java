/** What is said in a conversation and what becomes of it: received, requested, sent, taken over by a person. */
package io.centurions.contracts.message;

/**
 * Tells a lead in the chat what has become of a contract. Promises one notice per fact, none while a person has the
 * conversation. Hands on: a planned reply.
 */
package io.centurions.runtime.notice;

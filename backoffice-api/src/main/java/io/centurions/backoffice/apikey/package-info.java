/**
 * API keys of a company's own programs: made, shown once, revoked. What is kept tells a key when it sees it
 * and makes none; how a request with a key is let in is the business of the security package.
 */
package io.centurions.backoffice.apikey;

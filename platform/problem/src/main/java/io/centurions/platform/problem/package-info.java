/**
 * Errors as RFC 9457 problem+json, and the trace of each request. Promises one shape for every error and nothing of the
 * content in it. Knows no endpoint.
 */
package io.centurions.platform.problem;

/**
 * Speaks the Conversions API. Its field names, error codes and addresses stop here; hands on an answer that one can act
 * on.
 */
package io.centurions.capi.meta;

/** Tells Meta of conversions: intake, mapping, identity, dispatch, ledger, meta, in the order in which a fact flows. */
package io.centurions.capi;

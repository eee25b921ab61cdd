/** What became of a fact that Meta was to be told. */
package io.centurions.contracts.conversion;

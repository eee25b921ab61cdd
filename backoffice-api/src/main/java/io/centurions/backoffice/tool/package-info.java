/**
 * HTTP tools: what a Centurion may call while it talks. Checks address, schemas and limits, and that
 * credentials are named and not written; calls nothing itself.
 */
package io.centurions.backoffice.tool;

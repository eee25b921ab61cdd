/**
 * What every webhook endpoint needs: signatures over raw bytes, limits, counting what is ignored, and keeping what cannot
 * be read. Promises that nothing of the content is logged. Knows no provider.
 */
package io.centurions.platform.webhooks;

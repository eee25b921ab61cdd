/** What Meta was told, or why not, as the marketing slice keeps it. Reads only. */
package io.centurions.backoffice.conversion;

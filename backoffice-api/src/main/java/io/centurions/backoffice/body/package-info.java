/** How the JSON of requests is read: as it is written, or not at all. */
package io.centurions.backoffice.body;

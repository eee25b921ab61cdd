/** How the JSON of requests is read: as it is written, or not at all, and when a text in it says something. */
package io.centurions.backoffice.body;

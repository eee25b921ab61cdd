/**
 * What the five services could not handle, in the hands of people: parked events and parked webhooks are listed, read
 * without their content, reprocessed or discarded, and a window of webhooks is rebuilt. Each act and its trace in the
 * audit trail commit together; what another service must do itself is asked of it, and the asking is kept first and
 * what came of it after. A request that comes again with its key is told from what it kept, never from what others did.
 */
package io.centurions.backoffice.parked;

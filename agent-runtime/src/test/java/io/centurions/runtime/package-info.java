/** What the stages do together: webhook in, bubbles out, with real PostgreSQL and Redis and simulated providers. */
package io.centurions.runtime;

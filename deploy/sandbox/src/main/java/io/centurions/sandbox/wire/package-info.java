/**
 * What every simulator needs at its edge: reading a request, answering it, posting webhooks with a provider's patience,
 * remembering registrations on disk. Knows no provider and no rule of one.
 */
package io.centurions.sandbox.wire;

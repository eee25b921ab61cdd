/**
 * The whole story, played from outside over HTTP only, as an owner, some leads and a signer live it. Knows no code, table or
 * event of the services; a step that fails is a broken promise.
 */
package io.centurions.story;

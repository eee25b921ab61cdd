/**
 * Instagram's webhooks: signature over the raw bytes, then Meta's body as incoming messages with the account each was sent
 * to. One body may carry several companies. Must not know how anything is stored.
 */
package io.centurions.runtime.intake.instagram;

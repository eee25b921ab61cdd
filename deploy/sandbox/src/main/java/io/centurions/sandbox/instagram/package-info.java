/**
 * Instagram messaging of the Graph API, simulated under {@code /instagram}: sends with their echoes and reads, profiles,
 * signed webhooks with escaped unicode. Field names are the vendor's and stop here.
 */
package io.centurions.sandbox.instagram;

/**
 * Addresses of a company on WhatsApp, Instagram and Telegram, and which Centurion answers there. Hands the connecting
 * to the service that speaks to the provider; knows no provider.
 */
package io.centurions.backoffice.channel;

/**
 * Addresses of a company on WhatsApp, Instagram and Telegram, and which Centurion answers there. Hands commands
 * on to the service that speaks to the provider, after the commit that notes them; knows no provider.
 */
package io.centurions.backoffice.channel;

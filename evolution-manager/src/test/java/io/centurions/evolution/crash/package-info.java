/** What is left behind when a connection breaks at each step between a webhook, the database and the WhatsApp server. */
package io.centurions.evolution.crash;

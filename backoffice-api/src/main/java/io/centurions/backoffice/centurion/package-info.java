/**
 * Centurions: their configuration is edited as a draft and obeyed once it is published. Hands on the event of a
 * publication; knows nothing of how a conversation is led.
 */
package io.centurions.backoffice.centurion;

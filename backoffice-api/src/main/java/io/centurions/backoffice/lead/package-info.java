/**
 * What people see of leads and conversations, read through what the conversation slice grants, and the
 * takeover. Writes nothing but that.
 */
package io.centurions.backoffice.lead;

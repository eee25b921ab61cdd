/**
 * What a company has used of its plan: shown, told when it comes near a limit, and the last place of people,
 * instances and files given to one only. Leads and models are counted by agent-runtime; here they are read.
 */
package io.centurions.backoffice.usage;

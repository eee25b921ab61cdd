/** What models cost the holding: one list, by which agent-runtime counts what each company spends. */
package io.centurions.backoffice.modelprice;

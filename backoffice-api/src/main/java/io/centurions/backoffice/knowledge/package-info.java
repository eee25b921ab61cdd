/**
 * Knowledge bases: what they are for and how they are searched. Their documents and the index are not
 * kept here.
 */
package io.centurions.backoffice.knowledge;

/**
 * Brings the schema of every company to the template's version: one company first, then the others a few at
 * once. Promises one owner at a time that another follows when it dies, a visible progress, and that a
 * company which cannot be migrated is set aside with the reason while the others go on. Old and new schemas
 * live beside each other meanwhile, so template steps only ever add; it must not know what a step does.
 */
package io.centurions.backoffice.migration;

/** The way of a document into and out of the knowledge base. Its text is never carried. */
package io.centurions.contracts.knowledge;

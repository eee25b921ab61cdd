/** The life of a contract. Signers and texts stay with the service that owns them. */
package io.centurions.contracts.contract;

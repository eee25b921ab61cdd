/** What a company's own schema did with a deal. Amounts are cents; the deal's content is read there. */
package io.centurions.contracts.deal;

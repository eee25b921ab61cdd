package io.centurions.capi.ledger;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversionId;

/** A conversion that this worker may send, and whose it is; nothing more is known before it is read as that company. */
public record Claimed(CompanyId company, ConversionId conversion) {}

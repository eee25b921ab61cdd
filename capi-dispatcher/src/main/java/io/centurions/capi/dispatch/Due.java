package io.centurions.capi.dispatch;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversionId;
import java.util.List;

/** Conversions of one company that are ours to send, until their lease ends. */
record Due(CompanyId company, List<ConversionId> ids) {}

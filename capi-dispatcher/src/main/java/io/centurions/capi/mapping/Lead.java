package io.centurions.capi.mapping;

import io.centurions.capi.identity.Person;
import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.lead.LeadSource;
import java.time.Instant;

/**
 * What we may know of a lead to tell Meta of it.
 *
 * @param id        the lead
 * @param source    what brought it
 * @param person    who it is; personal data
 * @param click     the ad or page it came from
 * @param createdAt when it was born here
 */
public record Lead(LeadId id, LeadSource source, Person person, Click click, Instant createdAt) {}

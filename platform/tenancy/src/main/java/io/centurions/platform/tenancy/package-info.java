/**
 * The only way to the database. Promises that company data is reached inside a transaction that is bound to one company,
 * and that row-level security does the rest; hands on rows. Knows no table, and nothing of HTTP or Redis.
 */
package io.centurions.platform.tenancy;

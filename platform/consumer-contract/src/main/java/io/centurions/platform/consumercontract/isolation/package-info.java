/**
 * That a service keeps companies apart, proven through the service's own way to the database: the test of a
 * service is a class without a body. Knows no table and no service by name.
 */
package io.centurions.platform.consumercontract.isolation;

/**
 * What every consumer of events must survive, put to the proof with golden events on the real stream. Knows no service and
 * no effect: the test that uses it says which rows to look at.
 */
package io.centurions.platform.consumercontract;

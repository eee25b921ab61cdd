/** The state of the numbers, accounts and bots through which a company talks. */
package io.centurions.contracts.channel;

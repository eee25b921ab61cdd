/** The messaging API of Instagram. Meta's words and codes stop here. */
package io.centurions.runtime.deliver.instagram;
